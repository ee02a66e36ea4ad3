namespace LpcSite.Rules;

/// <summary>
/// Something that the person who runs the site has to mend; its message is a sentence that says what, printed without a
/// stack trace.
/// </summary>
public sealed class OperatorException(string message, Exception? cause = null) : Exception(message, cause);
