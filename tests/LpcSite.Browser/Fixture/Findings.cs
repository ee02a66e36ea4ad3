namespace LpcSite.Browser.Fixture;

/// <summary>
/// What a checker found on a page, told in full: xunit would cut each finding after fifty characters.
/// </summary>
internal static class Findings
{
    public static void None(IReadOnlyCollection<string> findings) =>
        Assert.True(
            findings.Count == 0,
            $"{findings.Count} found:\n{string.Join('\n', findings.Distinct(StringComparer.Ordinal).Take(40))}"
        );
}
