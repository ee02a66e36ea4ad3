namespace LpcSite.Rules;

/// <summary>
/// Somebody else was first, with the sentence that tells the person so; what was typed is to be shown again.
/// </summary>
public sealed class RaceException(string message, Exception? because = null) : Exception(message, because)
{
    /// <summary>For a form whose fields are shown again with what was typed.</summary>
    public const string WhileTyping =
        "Somebody else changed this at the same moment. What you typed stands below; what was saved meanwhile is in "
        + "the record of changes. Compare, then save again.";
}
