using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Exports.Schedule;

/// <summary>
/// Exports as they are meant to be, byte for byte: what other programs read must not change unnoticed. A file that is
/// not there is written and fails its test, so that deleting one and looking at what comes is the way to change it.
/// </summary>
internal static class GoldenFile
{
    private static readonly string Folder = Path.Combine(FolderOnDisk.GoldenPath, "..", "GoldenSchedule");

    public static void Same(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, text);
            Assert.Fail($"{name} was not there and is now: look at it.");
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
