namespace LpcSite.Data.Content;

/// <summary>What tells of the changes of one table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="TellsOfNew">Whether a new row is shown by itself.</param>
/// <param name="Columns">Those that are public; all where it names none.</param>
/// <param name="Arguments">By which columns and tables the conference is found.</param>
public sealed record ContentTrigger(
    string Table,
    bool TellsOfNew,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Arguments
)
{
    public string Sql =>
        $"""
            CREATE TRIGGER {ContentTriggers.Name} AFTER {Events} ON "{Table}" FOR EACH ROW
                EXECUTE FUNCTION {ContentTriggers.Name}({Listed(Arguments, '\'')});
            """;

    private string Events =>
        (TellsOfNew ? "INSERT OR " : "")
        + "DELETE OR UPDATE"
        + (Columns.Count == 0 ? "" : $" OF\n    {string.Join(",\n    ", Lines)}\n   ");

    // Some columns a line.
    private IEnumerable<string> Lines => Columns.Chunk(5).Select(columns => Listed(columns, '"'));

    private static string Listed(IEnumerable<string> names, char quote) =>
        string.Join(", ", names.Select(name => $"{quote}{name}{quote}"));
}
