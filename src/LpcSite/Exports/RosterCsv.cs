using LpcSite.Microconferences.Leads;
using LpcSite.People;

namespace LpcSite.Exports;

/// <summary>The people of a microconference for a spreadsheet.</summary>
public static class RosterCsv
{
    public static byte[] Write(IEnumerable<RosterLine> lines) =>
        CsvTable.Write(
            ["person", "name", "roles", "topics", "answer", "attendance"],
            lines.Select(line =>
                new[]
                {
                    line.Slug,
                    line.Name,
                    string.Join(", ", line.Roles),
                    string.Join("; ", line.SpeaksAbout.Select(t => t.Title)),
                    Word(line.Answer),
                    Word(line.Attendance),
                }
            )
        );

    /// <summary>As files and programs read it; empty where nobody has said.</summary>
    public static string Word(RosterAnswer answer) =>
        answer switch
        {
            RosterAnswer.Yes => "yes",
            RosterAnswer.No => "no",
            _ => "",
        };

    public static string Word(Attendance attendance) =>
        attendance switch
        {
            Attendance.InPerson => "in person",
            Attendance.Remote => "remote",
            _ => "",
        };
}
