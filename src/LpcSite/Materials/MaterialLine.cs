using System.Globalization;
using LpcSite.Materials.Slides;
using LpcSite.Texts;

namespace LpcSite.Materials;

/// <summary>A material as the public reads of it under its topic.</summary>
public sealed record MaterialLine(
    int Id,
    MaterialKind Kind,
    string? Title,
    string? Url,
    int? StartOffset,
    string? FileName,
    string? MediaType,
    long? Size
)
{
    /// <summary>With what the addresses of slides begin.</summary>
    public const string Folder = "/materials/";

    /// <summary>
    /// Where it is: of slides a path of the site, otherwise the address of another site, in a recording at the time
    /// where the topic begins.
    /// </summary>
    public string Address =>
        Kind is MaterialKind.Slides ? PathOf(Id, FileName!)
        : StartOffset is { } seconds ? StartTime.In(Url!, seconds)
        : Url!;

    /// <summary>The whole address, for whoever reads it away from the site.</summary>
    public string From(string origin) => Kind is MaterialKind.Slides ? origin + Address : Address;

    /// <summary>Such as <c>Slides, PDF, 2.3 MB</c>.</summary>
    public string Words =>
        Kind switch
        {
            MaterialKind.Slides => $"Slides, {SlidesType.Of(MediaType!).Word}, {InWords(Size ?? 0)}",
            MaterialKind.Recording => StartOffset is > 0 and var seconds
                ? $"Recording, from {StartTime.Write(seconds)}"
                : "Recording",
            _ => Title!,
        };

    public static string PathOf(int id, string fileName) =>
        FormattableString.Invariant($"{Folder}{id}/{Uri.EscapeDataString(fileName)}");

    /// <returns>Such as <c>2.3 MB</c>, <c>640 KB</c> or <c>12 bytes</c>.</returns>
    public static string InWords(long bytes) =>
        bytes switch
        {
            < 1024 => Wording.Count(bytes, "byte"),
            < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} KB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(bytes / 104857.6) / 10:0.#} MB"),
        };
}
