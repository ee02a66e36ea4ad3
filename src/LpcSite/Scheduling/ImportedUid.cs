namespace LpcSite.Scheduling;

/// <summary>
/// How something that was imported is called in the calendars of those who already read it, where it came from.
/// </summary>
public sealed class ImportedUid
{
    public const int NameMaxLength = 200;

    private ImportedUid() { }

    /// <param name="uid">What it is called here, such as <c>mc-7</c>.</param>
    /// <param name="name">The whole name, such as <c>mc-3.2022@6f9619ff-8b86-4d01-b42d-00cf4fc964ff</c>.</param>
    public ImportedUid(int conferenceId, string uid, string name) =>
        (ConferenceId, Uid, Name) = (conferenceId, uid, name);

    public int ConferenceId { get; private set; }
    public string Uid { get; private set; } = null!;
    public string Name { get; set; } = null!;
}
