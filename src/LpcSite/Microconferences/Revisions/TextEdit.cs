namespace LpcSite.Microconferences.Revisions;

/// <summary>
/// One place where two sequences of lines or words differ: <c>Count</c> pieces from <c>Start</c> became <c>NewCount</c>
/// from <c>NewStart</c>.
/// </summary>
internal sealed record TextEdit(int Start, int Count, int NewStart, int NewCount)
{
    public int End => Start + Count;
    public int NewEnd => NewStart + NewCount;
}
