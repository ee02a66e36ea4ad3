namespace LpcSite.Emails.Sending;

/// <summary>A letter that was in hand is somebody else's by now.</summary>
public sealed class EmailGoneException() : Exception("Another sender took this letter over.");
