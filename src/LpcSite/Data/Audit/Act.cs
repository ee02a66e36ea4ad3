using LpcSite.People;
using NodaTime;

namespace LpcSite.Data.Audit;

/// <summary>Who does something, through what, and when.</summary>
/// <param name="By">Null when nobody is signed in: a command of the operator, named in <paramref name="Via"/>.</param>
/// <param name="Via">The page or command through which it is done, such as <c>import</c>.</param>
public readonly record struct Act(Person? By, string Via, Instant At);
