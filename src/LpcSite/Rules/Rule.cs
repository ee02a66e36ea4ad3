using System.Diagnostics.CodeAnalysis;

namespace LpcSite.Rules;

/// <summary>A rule of the conference that an attempt would break, with the sentence that tells the person so.</summary>
public sealed class RuleException(string message) : Exception(message);

/// <summary>
/// Where entities keep their rules: what is required is said in the sentence that a person reads when it is missing.
/// </summary>
public static class Rule
{
    /// <exception cref="RuleException">
    /// The condition does not hold; its message is <paramref name="otherwise"/>.
    /// </exception>
    public static void Require([DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new RuleException(otherwise);
        }
    }
}
