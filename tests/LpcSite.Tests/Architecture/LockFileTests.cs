using System.Text.Json;

namespace LpcSite.Tests.Architecture;

/// <summary>
/// The container image is restored from a lock file of its own, which only a restore for it brings up to date.
/// </summary>
public sealed class LockFileTests
{
    [Fact]
    public void LockFile_OfTheImage_HasThePackagesOfTheSite() =>
        Assert.Equal(Packages("packages.lock.json"), Packages("packages.container.lock.json"));

    private static List<string> Packages(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(HouseTests.Source, file)));
        return
        [
            .. document
                .RootElement.GetProperty("dependencies")
                .GetProperty("net10.0")
                .EnumerateObject()
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package => $"{package.Name} {package.Value.GetProperty("resolved")}")
                .Order(StringComparer.Ordinal),
        ];
    }
}
