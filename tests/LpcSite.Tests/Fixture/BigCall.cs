using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.News;
using LpcSite.People;
using LpcSite.Reviews.Scores;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Sponsors;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Fixture;

/// <summary>
/// A call in its last week: proposals, ten reviews of each, what is said about them, half of the decisions with their
/// letters held, and the rest of what grows on an organizer's desk. The benchmark times the desk on the same.
/// </summary>
public static class BigCall
{
    public const int ReviewsEach = 10;
    public const int Reviewers = 30;

    private const int LeadsEach = 2;
    private const int SavedAtOnce = 50;

    private static readonly MarkdownRenderer Renderer = new();
    private static readonly string[] Words =
    [
        "scheduler",
        "latency",
        "firmware",
        "tracing",
        "memory",
        "filesystem",
        "power",
        "container",
        "compiler",
        "network",
        "driver",
        "security",
        "testing",
        "boot",
    ];

    /// <param name="proposals">At least four, so that each kind of decision is there.</param>
    /// <param name="reviewers">
    /// So many that each proposal has <see cref="ReviewsEach"/>, or fewer for fewer reviews.
    /// </param>
    /// <returns>Every page that organizers and reviewers have of it.</returns>
    public static async Task<IReadOnlyList<string>> AppearAsync(
        LpcDbContext db,
        string slug,
        int proposals,
        int reviewers,
        Person by,
        Instant now
    )
    {
        var conference = await db
            .Conferences.Include(c => c.SponsorTiers)
            .Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .AsSplitQuery()
            .SingleAsync(c => c.Slug == slug);
        var people = Enumerable
            .Range(0, (proposals * LeadsEach) + reviewers)
            .Select(i => new Person($"{Words[i % Words.Length]} {slug} {i}", $"{slug}-person-{i}"))
            .ToList();
        var criteria = Enumerable.Range(0, 4).Select(i => Asked(conference, i)).ToList();
        db.AddRange(people);
        db.AddRange(criteria);
        db.AddRange(people.Take(reviewers).Select(person => new Reviewer(conference, person, now)));
        await ProposeAsync(db, conference, [.. people.Skip(reviewers)], proposals, by, now);
        await JudgeAsync(db, conference, Math.Min(reviewers, ReviewsEach), by, now);
        var call = new Call(conference.Id, null);
        call.Announce(now - Duration.FromDays(30), now + Duration.FromDays(7), conference.TimeZone, now);
        db.Add(call);
        await db.SaveChangesAsync();
        db.AddRange(
            Enumerable
                .Range(0, (proposals / 10) + 1)
                .Select(_ => new LateLink(call.Id, 1, now + Duration.FromDays(20), now))
        );
        conference.Thank([("Gold", 40), ("Silver", 40)]);
        await db.SaveChangesAsync();
        await ThankAsync(db, conference, (proposals / 10) + 1);
        await db.SaveChangesAsync();
        await PlaceAsync(db, conference, by, now);
        db.ChangeTracker.Clear();
        return await PagesAsync(db, conference);
    }

    private static Criterion Asked(Conference conference, int position)
    {
        var criterion = new Criterion(conference.Id);
        criterion.Describe(position, $"Criterion {position}", "1: not at all. 5: wholly.", 1 + position);
        return criterion;
    }

    private static async Task ProposeAsync(
        LpcDbContext db,
        Conference conference,
        List<Person> leads,
        int proposals,
        Person by,
        Instant now
    )
    {
        for (var i = 0; i < proposals; i++)
        {
            var microconference = new Microconference(
                conference,
                $"mc-{i}",
                $"{Words[i % Words.Length]} and {Words[i / 2 % Words.Length]} {i}",
                now
            );
            var text = string.Join(
                "\n\n",
                Enumerable
                    .Range(0, 6)
                    .Select(p =>
                        $"## Problem {p}\n\nThe {Words[(i + p) % Words.Length]} waits for the "
                        + $"*{Words[(i * p) % Words.Length]}*, which nobody has measured since patch {i * p}."
                    )
            );
            microconference.LedBy([.. leads.Skip(i * LeadsEach).Take(LeadsEach)]);
            microconference.NeedsToHave([
                .. Enumerable.Range(1, 4).Select(k => leads[((i * 7) + (k * k)) % leads.Count]).Distinct(),
            ]);
            microconference.Suggest("What to measure");
            microconference.Suggest("Whom to ask");
            microconference.Revise(
                Renderer.Render(text, microconference.Slug),
                MarkdownText.Empty,
                0,
                null,
                "First text",
                now
            );
            microconference.Record(MicroconferenceStatus.Proposed, null, null);
            var decision = new Decision(microconference);
            decision.Decide(
                i % 4 == 1 ? Verdict.Wait : Verdict.Accept,
                i % 4 == 2 ? SessionForm.Half : null,
                null,
                i % 4 == 1 ? 1 + (i % 20) : null,
                "",
                by,
                now
            );
            var item = new NewsItem(conference.Id, microconference, by, now);
            item.Say($"News {i}", Renderer.Render("It *moves*.", "news"), now);
            db.AddRange(decision, item);
            if (i % SavedAtOnce == SavedAtOnce - 1 || i == proposals - 1)
            {
                await db.SaveChangesAsync();
            }
        }

        // Of every second one the letters are written, and held.
        foreach (
            var decision in await db
                .Decisions.Include(d => d.Microconference)
                    .ThenInclude(m => m.Leads)
                .Where(d => d.Microconference.ConferenceId == conference.Id)
                .OrderBy(d => d.Id)
                .ToListAsync()
        )
        {
            foreach (var lead in decision.Microconference.Leads)
            {
                var email = new Email(
                    lead.Person.Id,
                    lead.Person.Name,
                    $"{lead.Person.Slug}@example.org",
                    decision.Microconference.Title,
                    "It is decided.\n",
                    now
                ).About(conference.Id, decision.MicroconferenceId, $"mc/{decision.MicroconferenceId}");
                db.Add(decision.Id % 2 == 0 ? email.Held(decision.Id) : email);
                db.Add(
                    new AuditEntry(
                        new Act(lead.Person, "edit", now),
                        "revised",
                        new AuditSubject(decision.Microconference.Path, conference.Id, decision.MicroconferenceId),
                        null,
                        null
                    )
                );
            }

            if (decision.Id % 2 == 0)
            {
                decision.Apply();
            }
        }
    }

    // Whole sets at once, as thousands one by one would take longer than what is measured on them.
    private static async Task JudgeAsync(LpcDbContext db, Conference conference, int each, Person by, Instant now)
    {
        await db.SaveChangesAsync();
        var text = Renderer.Render("They met *twice*, and agreed on nothing.\n\nThe right people come.", "r");
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH proposal AS (
                SELECT id, row_number() OVER (ORDER BY id) AS n
                FROM microconferences WHERE conference_id = {conference.Id}),
            reviewer AS (
                SELECT person_id, row_number() OVER (ORDER BY person_id) - 1 AS n, count(*) OVER () AS total
                FROM reviewers WHERE conference_id = {conference.Id})
            INSERT INTO assignments (microconference_id, reviewer_id, assigned_at, by_id)
            SELECT p.id, r.person_id, {now}, {by.Id} FROM proposal p JOIN reviewer r ON mod(r.n + p.n, r.total) < {each}
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO reviews (
                microconference_id, reviewer_id, confidence, revision_number, saved_at,
                text_html, text_renderer_version, text_source)
            SELECT
                a.microconference_id, a.reviewer_id, 'Fair', 1, {now},
                {text.Html}, {text.RendererVersion}, {text.Source}
            FROM assignments a JOIN microconferences m ON m.id = a.microconference_id
            WHERE m.conference_id = {conference.Id}
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO scores (review_id, criterion_id, value)
            SELECT r.id, c.id, 1 + mod(r.id * 7 + c.id, 5)
            FROM reviews r
            JOIN microconferences m ON m.id = r.microconference_id
            JOIN criteria c ON c.conference_id = m.conference_id
            WHERE m.conference_id = {conference.Id}
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO remarks (
                microconference_id, by_id, at, audience, revision_number,
                text_html, text_renderer_version, text_source)
            SELECT
                a.microconference_id, a.reviewer_id, {now}, 'Reviewers', 1,
                {text.Html}, {text.RendererVersion}, {text.Source}
            FROM assignments a JOIN microconferences m ON m.id = a.microconference_id
            WHERE m.conference_id = {conference.Id} AND mod(a.reviewer_id, 3) = 0
            """
        );
    }

    private static async Task ThankAsync(LpcDbContext db, Conference conference, int count)
    {
        var sponsors = Enumerable.Range(0, count).Select(i => new Sponsor(conference.Id, $"Company {i}")).ToList();
        conference.SponsorTiers[0].Fill(sponsors);
        db.AddRange(sponsors);
        foreach (var position in Enumerable.Range(0, Math.Min(count, 20)))
        {
            var page = new ConferencePage(conference.Id, $"page-{position}", position);
            page.Write(
                $"Page {position}",
                Renderer.Render("What there is to know.", AnchorPrefix.OfPage(page.Slug), isPage: true),
                isPublished: true
            );
            db.Add(page);
        }
    }

    // So many are tried in a place as half-days and rooms allow, and two releases were made.
    private static async Task PlaceAsync(LpcDbContext db, Conference conference, Person by, Instant now)
    {
        conference.Arrange([
            .. Enumerable.Range(0, 6).Select(i => ($"Room {i}", (int?)(50 + (i * 10)), (string?)null)),
        ]);
        conference.Divide([
            .. HalfDay.Usual().Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
        ]);
        await db.SaveChangesAsync();
        var cells =
            from day in Enumerable.Range(0, 3)
            from half in conference.HalfDays
            from room in conference.Rooms
            select (During: half.On(conference.StartsOn.PlusDays(day), conference), room);
        var placed = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id)
            .Include(m => m.Topics)
            .OrderBy(m => m.Id)
            .Take(36)
            .ToListAsync();
        foreach (var (microconference, (during, room)) in placed.Zip(cells))
        {
            var slot = new Slot(conference.Id, microconference, during, room);
            db.AddRange(
                slot,
                SessionItem.Of(microconference, slot, microconference.Topics[0], 0, 30),
                SessionItem.Titled(microconference, slot, "Coffee", isBreak: true, 90, 30)
            );
        }

        await db.SaveChangesAsync();
        var first = await db.DraftAsync(conference.Id, withTexts: true, CancellationToken.None);
        db.AddRange(
            new Release(conference.Id, 1, first, "First", null, by, now),
            new Release(conference.Id, 2, first with { Entries = [.. first.Entries.Skip(1)] }, "", null, by, now)
        );
        await db.SaveChangesAsync();
    }

    private static async Task<IReadOnlyList<string>> PagesAsync(LpcDbContext db, Conference conference)
    {
        var (id, path) = (conference.Id, $"/{conference.Slug}");
        var reviewer = await db.Reviewers.Where(r => r.ConferenceId == id).Select(r => r.Person.Slug).FirstAsync();
        var letter = await db
            .Letters.Where(l => l.ConferenceId == id && l.State == EmailState.Held)
            .MinAsync(l => l.Id);
        return
        [
            "/organize/people",
            $"/organize/people/merge?kept={conference.Slug}-person-0&other={conference.Slug}-person-1",
            $"{path}/organize/nominations",
            $"{path}/organize/stars",
            "/organize/conferences",
            "/organize/conferences/new",
            $"/organize/conferences/new?from={conference.Slug}",
            $"{path}/organize",
            $"{path}/organize/audit",
            $"{path}/organize/audit?what=mc",
            $"{path}/organize/call",
            $"{path}/organize/compare",
            $"{path}/organize/compare?a=mc-0&b=mc-1",
            $"{path}/organize/criteria",
            $"{path}/organize/decisions",
            $"{path}/organize/decisions?places=18",
            $"{path}/organize/decisions/mc-0",
            $"{path}/organize/letters",
            $"{path}/organize/letters?state=held",
            $"{path}/organize/letters?q=boot",
            $"{path}/organize/letters/{letter}",
            $"{path}/organize/letters/{letter}/edit",
            $"{path}/organize/news",
            $"{path}/organize/news/{await db.NewsItems.Where(n => n.ConferenceId == id).MinAsync(n => n.Id)}",
            $"{path}/organize/pages",
            $"{path}/organize/pages/page-0",
            $"{path}/organize/people/{reviewer}/invite",
            $"{path}/organize/release",
            $"{path}/organize/reviewers",
            $"{path}/organize/reviewers?each=3",
            $"{path}/organize/reviewers/mc-0",
            $"{path}/organize/reviews",
            $"{path}/organize/reviews?sort=spread",
            $"{path}/organize/reviews?handler=Csv",
            $"{path}/organize/setup",
            $"{path}/organize/sponsors",
            $"{path}/organize/sponsors/{await db.Sponsors.Where(s => s.ConferenceId == id).MinAsync(s => s.Id)}",
            $"{path}/organize/templates",
            $"{path}/organize/tiers",
            $"{path}/organize/tiers/{await db.SponsorTiers.Where(t => t.ConferenceId == id).MinAsync(t => t.Id)}",
            $"{path}/organize/visibility",
            $"{path}/organize/grid",
            $"{path}/organize/schedule",
            $"{path}/organize/schedule?place=mc-3",
            $"{path}/organize/clashes",
            $"{path}/organize/absences",
            $"{path}/organize/releases",
            $"{path}/organize/releases/preview",
            $"{path}/organize/releases/1",
            $"{path}/review",
            $"{path}/review?show=all",
            $"{path}/review/mc-0",
            $"{path}/review/mc-0/interest",
            $"{path}/review/mc-0/remarks",
            $"{path}/review/mc-0/remarks?paragraph=1",
        ];
    }
}
