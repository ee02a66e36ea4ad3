using CsvHelper;
using LpcSite.Microconferences;
using LpcSite.People;

namespace LpcSite.Exports;

/// <summary>The people of a microconference for a spreadsheet, as <see cref="ReviewCsv"/> writes reviews: names and titles come from whoever submits.</summary>
public static class RosterCsv
{
    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static byte[] Write(IEnumerable<RosterLine> lines)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Format, leaveOpen: true))
        {
            csv.WriteRecord("person", "name", "roles", "topics", "answer", "attendance");
            foreach (var line in lines)
            {
                csv.WriteRecord(line.Slug, line.Name, string.Join(", ", line.Roles), string.Join("; ", line.SpeaksAbout.Select(t => t.Title)), Word(line.Answer), Word(line.Attendance));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>As files and programs read it; empty where nobody has said.</summary>
    public static string Word(RosterAnswer answer) => answer switch { RosterAnswer.Yes => "yes", RosterAnswer.No => "no", _ => "" };

    public static string Word(Attendance attendance) => attendance switch { Attendance.InPerson => "in person", Attendance.Remote => "remote", _ => "" };
}
