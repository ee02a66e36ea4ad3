using LpcSite.Imports;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Imports;

/// <summary>The example is found in the source tree and beside the built site.</summary>
public sealed class SampleConferenceTests
{
    [Fact]
    public void FindFolder_AboveTheContentRootElseBesideTheApplication_FindsTheExample()
    {
        using var tree = FolderOnDisk
            .Small()
            .With("samples/lpc2022/conference.yaml", FolderOnDisk.Conference)
            .With("src/site/page.txt", "");
        using var empty = FolderOnDisk.Small();
        var expected = Path.Combine(tree.Path, "samples", "lpc2022");
        Assert.Equal(expected, SampleConference.FindFolder(Path.Combine(tree.Path, "src", "site"), empty.Path));
        Assert.Equal(expected, SampleConference.FindFolder(empty.Path, tree.Path));
        Assert.Null(SampleConference.FindFolder(empty.Path, empty.Path));
    }
}
