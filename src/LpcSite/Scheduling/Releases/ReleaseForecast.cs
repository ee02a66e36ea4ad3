using LpcSite.Scheduling.Clashes;

namespace LpcSite.Scheduling.Releases;

/// <summary>What would happen if the organizers released now: what they look at before they do.</summary>
/// <param name="Latest">The number of the release that is public; null before the first.</param>
/// <param name="Next">What would be public.</param>
/// <param name="IsChanged">Whether it says anything that is not public already.</param>
/// <param name="Difference">From what is public to it; null before the first release.</param>
/// <param name="OpenClashes">
/// The hard clashes that nobody has given a reason for, and with which it is not released.
/// </param>
/// <param name="SofterClashes">Those that do not stop it, and for which nobody has given a reason either.</param>
/// <param name="Readers">Whose own time or room would change.</param>
public sealed record ReleaseForecast(
    int? Latest,
    ScheduleDocument Next,
    bool IsChanged,
    ScheduleDifference? Difference,
    IReadOnlyList<Clash> OpenClashes,
    IReadOnlyList<Clash> SofterClashes,
    IReadOnlyList<ReleaseEmails.Reader> Readers
)
{
    /// <summary>Changes with everything that would be released: whoever sends it back has seen it.</summary>
    public string Seen => Next.Digest();

    public int Letters => Readers.Count(r => r.Mail is not null);

    public IEnumerable<ReleaseEmails.Reader> Unreached => Readers.Where(r => r.Mail is null);
}
