using LpcSite.Nominations;

namespace LpcSite.Exports;

/// <summary>
/// Who gets a pass or a place, for whoever runs the registration. With addresses: for the organizers alone.
/// </summary>
public static class NominationCsv
{
    public static byte[] Write(IEnumerable<Line> lines) =>
        CsvTable.Write(
            ["microconference", "name", "mail", "gets", "named by"],
            lines.Select(line =>
                new[]
                {
                    line.Microconference,
                    line.Name,
                    line.Mail,
                    line.Kind is NominationKind.Pass ? "pass" : "place",
                    line.By,
                }
            )
        );

    /// <param name="Microconference">Its slug.</param>
    public sealed record Line(string Microconference, string Name, string Mail, NominationKind Kind, string By);
}
