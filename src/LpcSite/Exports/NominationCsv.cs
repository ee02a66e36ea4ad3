using CsvHelper;
using LpcSite.Nominations;

namespace LpcSite.Exports;

/// <summary>Who gets a pass or a place, for whoever runs the registration, as <see cref="ReviewCsv"/> writes reviews. With addresses: for the organizers alone.</summary>
public static class NominationCsv
{
    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static byte[] Write(IEnumerable<Line> lines)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Format, leaveOpen: true))
        {
            csv.WriteRecord("microconference", "name", "mail", "gets", "named by");
            foreach (var line in lines)
            {
                csv.WriteRecord(line.Microconference, line.Name, line.Mail, line.Kind is NominationKind.Pass ? "pass" : "place", line.By);
            }
        }

        return bytes.ToArray();
    }

    /// <param name="Microconference">Its slug.</param>
    public sealed record Line(string Microconference, string Name, string Mail, NominationKind Kind, string By);
}
