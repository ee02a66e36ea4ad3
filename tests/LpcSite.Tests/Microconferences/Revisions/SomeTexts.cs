using FsCheck;
using FsCheck.Fluent;

namespace LpcSite.Tests.Microconferences.Revisions;

/// <summary>
/// Texts for properties: few different words and lines, so that two of them have much in common and much repeats.
/// </summary>
internal static class SomeTexts
{
    private static readonly Gen<string> Line =
        from words in Gen.Elements("the", "a", "mm", "Rust", "ż", "🐧", "内存", "io_uring", "-", "`x`", "", " ")
            .ListOf()
        select string.Join(' ', words.Take(6));

    private static readonly Gen<string> End = Gen.Frequency((9, Gen.Constant("\n")), (1, Gen.Constant("\r\n")));

    private static readonly Gen<string> Text =
        from lines in Line.ListOf()
        from ends in End.ListOf(lines.Count)
        select string.Concat(lines.Zip(ends, (line, end) => line + end));

    public static Arbitrary<string> One { get; } = Text.ToArbitrary();

    public static Arbitrary<(string, string)> Pair { get; } =
        (from a in Text from b in Gen.OneOf(Text, Changed(a)) select (a, b)).ToArbitrary();

    public static Arbitrary<(string, string, string)> Triple { get; } =
        (
            from a in Text
            from b in Gen.OneOf(Text, Changed(a))
            from c in Gen.OneOf(Text, Changed(a))
            select (a, b, c)
        ).ToArbitrary();

    public static string Lf(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    // Each line stays, goes, or gets another beside or instead of it.
    private static Gen<string> Changed(string text)
    {
        var lines = Lf(text).Split('\n');
        return from fates in Gen.Choose(0, 9).ListOf(lines.Length)
            from other in Line.ListOf(lines.Length)
            select string.Join(
                '\n',
                lines
                    .Select(
                        (line, i) =>
                            fates[i] switch
                            {
                                0 => null,
                                1 => other[i],
                                2 => line + "\n" + other[i],
                                _ => line,
                            }
                    )
                    .OfType<string>()
            );
    }
}
