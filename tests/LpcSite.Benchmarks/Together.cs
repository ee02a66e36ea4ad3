using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using LpcSite.Accounts;
using LpcSite.People;
using LpcSite.Scheduling.Releases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Benchmarks;

/// <summary>
/// The evening before a release: for a minute two organizers move what they like on the board while three leads arrange
/// their sessions and publish them, all by the site's own forms. No acknowledged change may be lost, no room hold two
/// things at once, and no release hold more of the draft than the part of the lead who made it. Pages that stand open
/// meanwhile hear of the last change too.
/// </summary>
internal static class Together
{
    private const string Password = "correct horse battery staple";
    private const string Board = "/2022/organize/schedule";
    private const string Token = "__RequestVerificationToken";

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly string[] Led = ["real-time", "open-printing", "android"];

    public static async Task<int> RunAsync()
    {
        await using var site = await OwnSite.CreateAsync();
        var leads = await PrepareAsync(site);
        await using var server = await site.StartAsync(alone: false);
        var moved = new ConcurrentBag<(int Slot, string To)>();
        var counts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var sessions = new ConcurrentDictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        using (var first = new LeadBrowser(server.Port))
        {
            await first.SignInAsync("organizer-0@example.org", Password);
            var release = await first.SendAsync(
                "/2022/organize/releases",
                await first.OpenAsync("/2022/organize/releases"),
                []
            );
            Require(release.Status == HttpStatusCode.Redirect, $"the first release answers {release.Status}");
        }

        await using var open = await OpenPages.OpenAsync(
            server.Port,
            [
                ("organizer-0@example.org", Board),
                .. leads.Select(lead => (lead.Value, $"/2022/mc/{lead.Key}/lead/session")),
            ],
            Password
        );
        var started = Stopwatch.StartNew();
        await Task.WhenAll([
            .. Enumerable
                .Range(0, 2)
                .Select(i => Task.Run(() => OrganizeAsync(site, server.Port, i, started, moved, counts))),
            .. leads.Select(lead =>
                Task.Run(() => LeadAsync(server.Port, lead.Key, lead.Value, started, sessions, counts))
            ),
        ]);
        foreach (var (what, count) in counts.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{what}: {count}");
        }

        var isHeard = await open.HaveHeardAllAsync();
        return await CheckAsync(site, moved, sessions) + (isHeard ? 0 : 1);
    }

    private static async Task<Dictionary<string, string>> PrepareAsync(OwnSite site)
    {
        await using var db = site.Open();
        var now = SystemClock.Instance.GetCurrentInstant();
        var hash = new PasswordHasher<Account>().HashPassword(null!, Password);
        for (var i = 0; i < 2; i++)
        {
            var person = new Person($"Moving Organizer {i}", $"moving-organizer-{i}");
            db.AddRange(AccountOf(person, $"organizer-{i}@example.org"), new Organizer(person, now));
        }

        var leads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var slug in Led)
        {
            var lead = (
                await db
                    .Microconferences.Include(m => m.Leads)
                        .ThenInclude(l => l.Person)
                    .SingleAsync(m => m.Slug == slug)
            )
                .Leads.OrderBy(l => l.Position)
                .First()
                .Person;
            db.Add(AccountOf(lead, leads[slug] = $"{lead.Slug}@example.org"));
        }

        await db.SaveChangesAsync();
        return leads;

        Account AccountOf(Person person, string mail)
        {
            var account = Account.For(person, mail, now);
            (account.NormalizedEmail, account.NormalizedUserName, account.EmailConfirmed) = (
                mail.ToUpperInvariant(),
                mail.ToUpperInvariant(),
                true
            );
            (account.SecurityStamp, account.PasswordHash) = (Guid.NewGuid().ToString(), hash);
            return account;
        }
    }

    // What they see may be old by the time they let go, as it is on a board that stands open.
    private static async Task OrganizeAsync(
        OwnSite site,
        int port,
        int organizer,
        Stopwatch started,
        ConcurrentBag<(int Slot, string To)> moved,
        ConcurrentDictionary<string, int> counts
    )
    {
        using var browser = new LeadBrowser(port);
        await browser.SignInAsync($"organizer-{organizer}@example.org", Password);
        var random = new Random(organizer);
        await using var db = site.Open();
        var conference = await db
            .Conferences.AsNoTracking()
            .Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .AsSplitQuery()
            .SingleAsync(c => c.Slug == "2022");
        var places = (
            from day in Enumerable.Range(0, 3)
            from half in conference.HalfDays
            from room in conference.Rooms
            select (During: half.On(conference.StartsOn.PlusDays(day), conference), room.Id)
        ).ToList();
        while (started.Elapsed < Minute)
        {
            var form = await browser.OpenAsync(Board);
            var slots = await db
                .Slots.AsNoTracking()
                .Where(s => s.ConferenceId == conference.Id)
                .OrderBy(s => s.Id)
                .ToListAsync();
            var (slot, (during, room)) = (slots[random.Next(slots.Count)], places[random.Next(places.Count)]);
            await Task.Delay(random.Next(40));
            var to = FormattableString.Invariant(
                $"{Conferences.Dates.Machine(during.Start)} {Conferences.Dates.Machine(during.End)} {room}"
            );
            var answer = await browser.SendAsync(
                $"{Board}?handler=Move",
                new(new Dictionary<string, string> { [Token] = form.Fields[Token] }, null, default),
                new()
                {
                    ["Input.Slot"] = FormattableString.Invariant($"{slot.Id}"),
                    ["Input.Version"] = FormattableString.Invariant($"{slot.RowVersion}"),
                    ["Input.To"] = to,
                }
            );
            counts.AddOrUpdate($"organizers' moves, {answer.Status}", 1, (_, count) => count + 1);
            if (answer.Status == HttpStatusCode.Redirect)
            {
                moved.Add((slot.Id, to));
            }
        }
    }

    private static async Task LeadAsync(
        int port,
        string slug,
        string mail,
        Stopwatch started,
        ConcurrentDictionary<string, IReadOnlyList<int>> sessions,
        ConcurrentDictionary<string, int> counts
    )
    {
        using var browser = new LeadBrowser(port);
        await browser.SignInAsync(mail, Password);
        var (path, random) = ($"/2022/mc/{slug}/lead/session", new Random(slug.Length));
        while (started.Elapsed < Minute)
        {
            var form = await browser.OpenAsync(path);
            var minutes = form
                .Fields.Keys.Where(key => key.EndsWith(".Minutes", StringComparison.Ordinal))
                .ToDictionary(
                    key => key,
                    _ => FormattableString.Invariant($"{random.Next(5, 15)}"),
                    StringComparer.Ordinal
                );
            var saved = await browser.SendAsync(path, form, minutes);
            counts.AddOrUpdate($"leads' sessions, {saved.Status}", 1, (_, count) => count + 1);
            if (saved.Status == HttpStatusCode.Redirect)
            {
                sessions[slug] =
                [
                    .. minutes
                        .OrderBy(m => m.Key.Length)
                        .ThenBy(m => m.Key, StringComparer.Ordinal)
                        .Select(m => int.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture)),
                ];
            }

            var published = await browser.SendAsync($"{path}?handler=Publish", form, []);
            counts.AddOrUpdate($"leads' publications, {published.Status}", 1, (_, count) => count + 1);
        }
    }

    private static async Task<int> CheckAsync(
        OwnSite site,
        ConcurrentBag<(int Slot, string To)> moved,
        ConcurrentDictionary<string, IReadOnlyList<int>> sessions
    )
    {
        await using var db = site.Open();
        var recorded = await db.AuditEntries.CountAsync(e =>
            e.Via == "organize/schedule" && (e.Verb == "moved" || e.Verb == "resized")
        );
        var slots = await db.Slots.AsNoTracking().ToListAsync();
        var overlaps = slots
            .SelectMany(a =>
                slots.Where(b =>
                    a.Id < b.Id
                    && a.RoomId != null
                    && a.RoomId == b.RoomId
                    && a.During.Start < b.During.End
                    && b.During.Start < a.During.End
                )
            )
            .Count();
        var strayed = slots.Count(s =>
            moved.Any(m => m.Slot == s.Id)
            && !moved.Contains(
                (
                    s.Id,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Conferences.Dates.Machine(s.During.Start)} {Conferences.Dates.Machine(s.During.End)} "
                            + $"{s.RoomId}"
                    )
                )
            )
        );
        var lost = 0;
        foreach (var (slug, minutes) in sessions)
        {
            var kept = await db
                .SessionItems.Where(i => i.Microconference.Slug == slug)
                .OrderBy(i => i.StartsAfter)
                .Select(i => i.Minutes)
                .ToListAsync();
            lost += kept.SequenceEqual(minutes) ? 0 : 1;
        }

        var releases = await db.Releases.OrderBy(r => r.Number).Select(r => new { r.OfId, r.Document }).ToListAsync();
        var leaks = releases
            .Zip(releases.Skip(1))
            .Count(pair =>
                Leaks(
                    ScheduleDocument.FromJson(pair.First.Document),
                    ScheduleDocument.FromJson(pair.Second.Document),
                    pair.Second.OfId
                )
            );
        Console.WriteLine(
            $"moves acknowledged {moved.Count}, recorded {recorded}; slots where nobody put them {strayed}; "
                + $"overlaps in a room {overlaps}; sessions lost {lost}; releases {releases.Count}, with a part of "
                + $"the draft that is not their lead's {leaks}"
        );
        return recorded == moved.Count && strayed + overlaps + lost + leaks == 0 && !moved.IsEmpty && releases.Count > 1
            ? 0
            : 1;
    }

    // Only the session of one may differ, and of that one not the place.
    private static bool Leaks(ScheduleDocument before, ScheduleDocument after, int? of)
    {
        var places = after
            .Entries.Select(e => (e.Uid, e.Room, e.Starts, e.Ends))
            .SequenceEqual(before.Entries.Select(e => (e.Uid, e.Room, e.Starts, e.Ends)));
        return of is null
            || !places
            || (before with { Entries = [.. before.Entries.Where(e => e.Microconference != of)] }).ToJson()
                != (after with { Entries = [.. after.Entries.Where(e => e.Microconference != of)] }).ToJson();
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
