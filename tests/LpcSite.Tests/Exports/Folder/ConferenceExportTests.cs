using LpcSite.Exports.Folder;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Exports.Folder;

/// <summary>An export harms nothing that lies in its way, and leaves nothing half written.</summary>
public sealed class ConferenceExportTests
{
    [Fact]
    public void Save_OverAnEarlierExport_TakesOutWhatIsNoMore()
    {
        using var folder = FolderOnDisk.Golden().With("README.md", "Mine.").With("notes.txt", "Mine.");
        var conference = folder.Read().Folder!;
        ConferenceExport.Save(
            folder.Path,
            conference with
            {
                Microconferences = [.. conference.Microconferences.Where(m => m.Slug != "refused")],
            }
        );

        using var expected = FolderOnDisk
            .Golden()
            .Without("refused.md")
            .With("README.md", "Mine.")
            .With("notes.txt", "Mine.")
            .Replace("conference.yaml", "- refused\n", "");
        Assert.Equal(FolderOnDisk.Files(expected.Path), FolderOnDisk.Files(folder.Path));
        Assert.DoesNotContain(
            Directory.EnumerateDirectories(Path.GetDirectoryName(folder.Path)!),
            other => other.StartsWith($"{folder.Path}.", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("notes.txt", "Mine.", "is not empty and holds no conference.yaml; choose an empty folder.")]
    [InlineData(
        "conference.yaml",
        "slug: other\nmicroconferences: []",
        "holds the conference 'other', not 'pipes'; choose an empty folder."
    )]
    [InlineData("conference.yaml", "}", "cannot be read; choose an empty folder.")]
    public void Save_OverSomethingElse_Refuses(string file, string text, string sentence)
    {
        using var source = FolderOnDisk.Small();
        using var folder = FolderOnDisk.Small().Without("bends.md").Without("conference.yaml").With(file, text);
        var before = FolderOnDisk.Files(folder.Path);
        var refused = Assert.Throws<OperatorException>(() => ConferenceExport.Save(folder.Path, source.Read().Folder!));
        Assert.EndsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, FolderOnDisk.Files(folder.Path));
    }
}
