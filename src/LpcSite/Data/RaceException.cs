namespace LpcSite.Data;

/// <summary>Somebody else was first, with the sentence that tells the person so; what was typed is to be shown again.</summary>
public sealed class RaceException(string message, Exception? because = null) : Exception(message, because);
