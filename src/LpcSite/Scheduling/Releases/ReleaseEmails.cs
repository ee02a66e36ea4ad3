using System.Globalization;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Exports.Calendars;
using LpcSite.Exports.Feeds;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Scheduling.Releases;

/// <summary>
/// Tells those who lead or speak that a release changes when or where they are needed: one letter each, and none to
/// anybody else. Rows only; whoever releases saves. They go out at once however somebody likes their mail, as they have
/// to be there.
/// </summary>
public sealed class ReleaseEmails(LpcDbContext db)
{
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture(
        "dddd d MMMM uuuu, HH:mm"
    );

    /// <summary>Letters about the schedule of one conference are one thread.</summary>
    public static string ThreadOf(int conferenceId) => FormattableString.Invariant($"schedule/{conferenceId}");

    /// <summary>
    /// Those whom it concerns if <paramref name="after"/> follows <paramref name="before"/>, by name.
    /// </summary>
    public async Task<IReadOnlyList<Reader>> ReadersAsync(
        ScheduleDocument? before,
        ScheduleDocument after,
        CancellationToken stop
    )
    {
        int[] people = [.. OwnChange.Between(before, after).Keys];
        return await db
            .People.Where(p => people.Contains(p.Id) && p.ErasedAt == null)
            .OrderBy(p => p.Name)
            .ThenBy(p => p.Id)
            .Select(p => new Reader(
                p.Id,
                p.Name,
                p.Slug,
                db.Users.Where(a => a.PersonId == p.Id && a.EmailConfirmed).Select(a => a.Email).FirstOrDefault()
            ))
            .ToListAsync(stop);
    }

    /// <param name="before">What was public until this release; null for the first.</param>
    /// <param name="origin">
    /// The site's own address for links; null or empty where nobody knows it, and then there are none.
    /// </param>
    public async Task AddAsync(
        Conference conference,
        ScheduleDocument? before,
        ScheduleDocument after,
        Release release,
        string? origin,
        CancellationToken stop
    )
    {
        var (changes, times) = (OwnChange.Between(before, after), OwnTime.Of(after));
        foreach (var reader in (await ReadersAsync(before, after, stop)).Where(r => r.Mail is not null))
        {
            var mine = changes[reader.PersonId];
            int[] about = [.. mine.Select(c => (c.After ?? c.Before)!.Microconference).Distinct()];
            var calendar = ScheduleCalendar.WriteForLetter(
                new(release.Number, release.At, after),
                ScheduleFeed.OfChanges(before, after, reader.PersonId, mine),
                origin ?? ""
            );
            var isAttached = calendar.Length <= Email.CalendarMaxLength;
            string[] paragraphs =
            [
                Opening(conference, before is null, release),
                .. mine.Select(c => Sentence(c, after.Zone)),
                .. mine.Count(c => c.After is not null) < times[reader.PersonId].Count()
                    ? ["Where else you are needed stays as it is."]
                    : Array.Empty<string>(),
                .. release.Comment.Length == 0 ? [] : new[] { $"About this release: {release.Comment}" },
                "If you cannot be there then, reply to this letter.",
                .. isAttached
                    ? [$"The attached file {Email.CalendarFile} puts this into your calendar as it is now."]
                    : Array.Empty<string>(),
                .. string.IsNullOrEmpty(origin) ? [] : Links(conference, mine, origin),
            ];
            var email = new Email(
                reader.PersonId,
                reader.Name,
                reader.Mail!,
                $"{conference.ShortName}: when and where you are needed",
                EmailText.Write(reader.Name, paragraphs),
                release.At
            ).About(conference.Id, about is [var one] ? one : null, ThreadOf(conference.Id));
            db.Letters.Add(isAttached ? email.WithCalendar(calendar) : email);
        }
    }

    private static string Opening(Conference conference, bool isFirst, Release release) =>
        (isFirst, release.Of) switch
        {
            (true, _) =>
                $"The schedule of {conference.Name} is public, and this is when and where you are needed. All times "
                    + $"are those of the venue ({Dates.ZoneName(conference.TimeZone)}).",
            (_, { } of) =>
                $"The leads of {of.Title} have changed its session at {conference.Name}, and with it when or where "
                    + $"you are needed. All times are those of the venue ({Dates.ZoneName(conference.TimeZone)}).",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"The schedule of {conference.Name} has changed (release {release.Number}), and with it when or "
                    + $"where you are needed. All times are those of the venue ({Dates.ZoneName(conference.TimeZone)})."
            ),
        };

    private static string Sentence(OwnChange change, DateTimeZone zone) =>
        change switch
        {
            { Before: null, After: { } added } => $"{Role(added)}: {When(added, zone)}.",
            { Before: { } old, After: null } =>
                $"{Session(old)}: you are not needed there any more. It was {When(old, zone)}.",
            _ => $"{Role(change.After!)}: now {When(change.After!, zone)}. Before it was {When(change.Before!, zone)}.",
        };

    private static string Session(OwnTime time) =>
        time.Topic is null
            ? EmailText.Unlinked(time.Title)
            : $"{EmailText.Quoted(time.Topic)} in {EmailText.Unlinked(time.Title)}";

    private static string Role(OwnTime time) =>
        time.Topic is null
            ? $"You lead {EmailText.Unlinked(time.Title)}"
            : $"You speak about {EmailText.Quoted(time.Topic)} in {EmailText.Unlinked(time.Title)}";

    private static string When(OwnTime time, DateTimeZone zone)
    {
        var (starts, ends) = (time.Starts.InZone(zone).LocalDateTime, time.Ends.InZone(zone).LocalDateTime);
        var end =
            starts.Date == ends.Date ? LocalTimePattern.HourMinuteIso.Format(ends.TimeOfDay) : Moment.Format(ends);
        return $"{(time.IsExact ? "" : "some time in the session of ")}{Moment.Format(starts)} to {end}, "
            + $"{(time.Room is null ? "the room is still open" : $"in {time.Room}")}";
    }

    private static IEnumerable<string> Links(Conference conference, IReadOnlyList<OwnChange> mine, string origin)
    {
        string[] calendars =
        [
            .. mine.Select(c => c.After?.Slug)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(slug => $"{origin}{conference.Path}/mc/{slug}.ics"),
        ];
        return
        [
            "The whole schedule:",
            $"{origin}{conference.Path}/schedule",
            .. calendars.Length == 0
                ? []
                : calendars.Prepend(
                    "For your calendar, which takes over later changes by itself if you subscribe to it:"
                ),
        ];
    }

    /// <summary>Somebody whom a release concerns.</summary>
    /// <param name="Mail">Null where the site has no address of theirs, so that they get no letter.</param>
    public sealed record Reader(int PersonId, string Name, string Slug, string? Mail);
}
