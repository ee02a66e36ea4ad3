using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LpcSite.Exports.Folder;
using LpcSite.Imports;
using LpcSite.Imports.Folder;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using LpcSite.Texts;
using NodaTime;

namespace LpcSite.Tests.Exports.Folder;

/// <summary>
/// What is written reads back as the same, but for what no gate lets in, and always as the same bytes.
/// </summary>
public sealed class ConferenceFolderWriterTests
{
    // Letters that mean something to YAML or Markdown, or that readers of text files like to lose.
    private static readonly Gen<char> OddLetters = Gen.Elements(
        " \n\t:#-?,[]{}&*!|>'\"%@`~=<\\ab01._+eE\u00A0\u0085\u2028\u2029\uFEFFéł’".ToCharArray()
    );

    [Fact]
    public void Write_GoldenFolder_GivesItsBytesAgain()
    {
        using var folder = FolderOnDisk.Golden();
        Assert.Empty(folder.Problems());
        using var written = FolderOnDisk.Small().Without("conference.yaml").Without("bends.md");
        foreach (var (path, bytes) in ConferenceFolderWriter.Write(folder.Read().Folder!))
        {
            written.With(path, bytes);
        }

        Assert.Equal(FolderOnDisk.Files(folder.Path), FolderOnDisk.Files(written.Path));
    }

    [Property(MaxTest = 1000)]
    public Property Write_AnyText_ReadsBackTheSame() =>
        Prop.ForAll(
            OddText(),
            OddText(),
            OddText(),
            (title, text, description) =>
            {
                var microconference = new ConferenceFolder.Microconference(
                    "bends",
                    $"t{title}",
                    MicroconferenceStatus.Proposed,
                    null,
                    null,
                    [new PersonName("Ann", null)],
                    [],
                    null,
                    [
                        new ConferenceFolder.Topic(
                            $"{title}t",
                            null,
                            null,
                            [],
                            0,
                            text.Length == 0 ? null : text,
                            text,
                            [$"{title}x"],
                            []
                        ),
                    ],
                    [new ConferenceFolder.Reference("1", $"u{text}")],
                    text,
                    false,
                    description
                );
                var conference = new ConferenceFolder(
                    "pipes",
                    "Pipes",
                    "P",
                    new LocalDate(2031, 5, 5),
                    new LocalDate(2031, 5, 7),
                    DateTimeZone.Utc,
                    "Dublin",
                    null,
                    null,
                    null,
                    null,
                    [microconference]
                );

                using var folder = FolderOnDisk.Small();
                foreach (var (path, bytes) in ConferenceFolderWriter.Write(conference))
                {
                    folder.With(path, bytes);
                }

                Assert.Empty(folder.Problems());
                var read = folder.Read().Folder!.Microconferences.Single();
                Assert.Equal(
                    (
                        TextIn.Line($"t{title}"),
                        TextIn.Line($"{title}t"),
                        TextIn.Line(text),
                        TextIn.Lines(text),
                        TextIn.Line($"u{text}"),
                        TextIn.Lines(text),
                        TextIn.Lines(description)
                    ),
                    (
                        read.Title,
                        read.Topics[0].Title,
                        read.Topics[0].SpeakersNote ?? "",
                        read.Topics[0].Details,
                        read.References[0].Url,
                        read.Accomplishments,
                        read.Description
                    )
                );
            }
        );

    [Theory]
    [InlineData("plain words")]
    [InlineData("'1'")]
    [InlineData("'2031-05-05'")]
    [InlineData("'yes'")]
    [InlineData("'a: b'")]
    [InlineData("'a #b'")]
    [InlineData("a:b#c")]
    [InlineData("1.1 to 2.0 compatibility")]
    [InlineData("'it''s: quoted'")]
    [InlineData("it's plain")]
    [InlineData("-40 degrees")]
    [InlineData("'- dash'")]
    [InlineData("'[list]'")]
    [InlineData("/dev/bent")]
    [InlineData("no\u00A0break")]
    public void Write_Title_QuotesOnlyWhereAReaderNeedsIt(string line)
    {
        using var folder = FolderOnDisk.Small().Replace("bends.md", "title: Bends", $"title: {line}");
        var written = ConferenceFolderWriter.Write(folder.Read().Folder!).Single(file => file.Path == "bends.md").Bytes;
        Assert.Equal(
            FolderOnDisk.Bends.Replace("title: Bends", $"title: {line}", StringComparison.Ordinal) + "\n",
            Encoding.UTF8.GetString(written)
        );
    }

    private static Arbitrary<string> OddText() => OddLetters.ListOf().Select(string.Concat).ToArbitrary();
}
