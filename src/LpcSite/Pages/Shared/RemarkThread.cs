using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;

namespace LpcSite.Pages.Shared;

/// <summary>What is said to one audience about a proposal, and the form in which one says more.</summary>
/// <param name="Id">Of the section on the page.</param>
/// <param name="Action">Where the form is sent.</param>
public sealed record RemarkThread(
    string Id,
    string Heading,
    string Hint,
    IReadOnlyList<ReviewSheet.Line> Lines,
    string Action,
    Audience Audience,
    bool CanAskForChanges
);
