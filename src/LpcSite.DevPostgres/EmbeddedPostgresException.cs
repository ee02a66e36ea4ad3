namespace LpcSite.DevPostgres;

/// <summary>The site's own PostgreSQL cannot run; the message is a sentence for the person at the terminal.</summary>
public sealed class EmbeddedPostgresException(string message) : Exception(message);
