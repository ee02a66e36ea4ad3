using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Pages.Schedule;

/// <summary>
/// What happens when and where, as it was released last: every day on one page, so that it is carried along in one
/// visit.
/// </summary>
[PublicPage(FreeChoices = ["room", "mc", "person"])]
public class IndexModel(LpcDbContext db) : PageModel
{
    [FromQuery(Name = "room")]
    public string? Room { get; init; }

    [FromQuery(Name = "mc")]
    public string? Microconference { get; init; }

    [FromQuery(Name = "person")]
    public string? Person { get; init; }

    /// <summary>Null before the first release.</summary>
    public LatestRelease? Released { get; private set; }

    public ScheduleChoice Choice { get; private set; } = null!;
    public IReadOnlyList<Day> Days { get; private set; } = [];

    /// <summary>Everybody who has something to do in it, by name.</summary>
    public IReadOnlyList<(string Slug, string Name)> People { get; private set; } = [];

    public DateTimeZone Zone => Released!.Document.Zone;

    /// <summary>Of the site, with its port: calendars are subscribed to by a scheme of their own.</summary>
    public string Host => new Uri(HttpContext.Origin()).Authority;

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        Choice = ScheduleChoice.From(Room, Microconference, Person);
        Released = conference.HasSchedule ? await db.LastReleaseAsync(conference.Id, stop) : null;
        if (Released?.Document is not { } all)
        {
            return;
        }

        var shown = Choice.Of(all);
        var cancelled = Cancellation.Of(all, Choice).ToLookup(c => all.DayOf(c.Starts));
        Days =
        [
            .. (Choice.IsAll ? DaysOf(all) : shown.Days)
                .Concat(cancelled.Select(c => c.Key))
                .Distinct()
                .Order()
                .Select(date => new Day(date, RowsOf(shown, date), [.. cancelled[date]])),
        ];
        People =
        [
            .. PeopleOf(all).DistinctBy(p => p.Slug).OrderBy(p => p.Name, StringComparer.InvariantCultureIgnoreCase),
        ];
    }

    /// <summary>What was chosen, in words.</summary>
    public string ChoiceInWords =>
        string.Join(
            ", ",
            new[]
            {
                Choice.Room is null ? null : $"in {Choice.Room}",
                Choice.Microconference is { } mc
                    ? $"of {Released?.Document.Entries.FirstOrDefault(e => e.Slug == mc)?.Title ?? mc}"
                    : null,
                Choice.Person is { } slug ? $"with {People.FirstOrDefault(p => p.Slug == slug).Name ?? slug}" : null,
            }.OfType<string>()
        );

    /// <summary>The calendar of exactly what was chosen; null where there is none of just that.</summary>
    public string? Calendar => Days.Count == 0 ? null : Choice.CalendarIn(Released!.Document);

    // Also those on which nothing happens: that they are empty is what there is to know.
    private static IEnumerable<LocalDate> DaysOf(ScheduleDocument all) =>
        all.Days.Concat(Dates.Days(all.Conference.StartsOn, all.Conference.EndsOn)).Distinct().Order();

    private static IReadOnlyList<Row> RowsOf(ScheduleDocument shown, LocalDate date) =>
        [
            .. shown
                .On(date)
                .GroupBy(e => e.Starts)
                .Select(same => new Row(
                    same.Key,
                    same.Max(e => e.Ends),
                    [.. same.Select(e => new Session(shown, e, same.All(other => other.Ends == e.Ends)))]
                )),
        ];

    private static IEnumerable<(string Slug, string Name)> PeopleOf(ScheduleDocument all) =>
        all.Entries.SelectMany(e =>
            e.Leads.Concat(e.KeyAttendees)
                .Select(n => (n.Slug, n.FullName))
                .Concat(e.Items.SelectMany(i => i.Speakers).Select(s => (s.Slug, s.FullName)))
        );

    /// <summary>A day at the venue.</summary>
    public sealed record Day(LocalDate Date, IReadOnlyList<Row> Rows, IReadOnlyList<Cancellation> Cancelled)
    {
        /// <summary>What would have begun with the row before this one, or between the two.</summary>
        /// <param name="row">Null for what comes after them all.</param>
        public IEnumerable<Cancellation> CancelledBefore(Row? row) =>
            Cancelled.Where(c => Rows.FirstOrDefault(r => r.Starts > c.Starts) == row);

        public string Anchor => LocalDatePattern.Iso.Format(Date);
    }

    /// <summary>What begins at one time, side by side on wide screens.</summary>
    /// <param name="Ends">When the last of it does.</param>
    public sealed record Row(Instant Starts, Instant Ends, IReadOnlyList<Session> Sessions)
    {
        /// <summary>When it begins, and when it ends if all of it ends together.</summary>
        public string Heading(DateTimeZone zone) =>
            Sessions.All(s => s.IsAsLongAsAll)
                ? VenueTime.Span(Starts, Ends, zone)
                : $"{VenueTime.Clock(Starts, zone)} {VenueTime.Zone(Starts, zone)}";
    }

    /// <summary>What stands in one slot.</summary>
    /// <param name="IsAsLongAsAll">Whether the heading over the row says its times.</param>
    public sealed record Session(ScheduleDocument Schedule, ScheduleDocument.Entry Entry, bool IsAsLongAsAll);
}
