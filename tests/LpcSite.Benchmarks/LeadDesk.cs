using LpcSite.Calls;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Benchmarks;

/// <summary>
/// Every page of the leads' desk with 17 microconferences of 40 topics each, asked for one after the other by a site
/// that has been running for a while. Nine of ten answers of each page take less than 100 ms, from the first byte of
/// the request to the last of the answer.
/// </summary>
internal static class LeadDesk
{
    public const string Mail = "lead-of-much@example.org";
    public const string Password = "correct horse battery staple";

    private const int Topics = 40;
    private const int WarmUp = 30;
    private const int Rounds = 20;
    private const double LimitInMilliseconds = 100;

    private static readonly string[] Pages =
    [
        "",
        "topics",
        "letters",
        "write",
        "call",
        "people",
        "review",
        "record",
        "attendees",
        "nominations",
        "roster",
        "slides",
        "recording",
        "notes",
        "renew",
    ];

    public static async Task<int> RunAsync()
    {
        await using var site = await OwnSite.CreateAsync();
        var pages = await AppearAsync(site);
        await using var server = await site.StartAsync(alone: false);
        using var browser = new LeadBrowser(server.Port);
        await browser.SignInAsync(Mail, Password);
        await Desk.AskAsync(browser, pages, WarmUp);
        return Desk.Judge(await Desk.AskAsync(browser, pages, Rounds), LimitInMilliseconds);
    }

    /// <returns>Every page of the desk of one of them.</returns>
    public static async Task<IReadOnlyList<string>> AppearAsync(OwnSite site)
    {
        await using var db = site.Open();
        var now = SystemClock.Instance.GetCurrentInstant();
        var lead = new Person("Lead of Much", "lead-of-much");
        db.AddRange(Desk.AccountOf(lead, Mail, Password, now));
        var all = await db
            .Microconferences.Include(m => m.Conference)
            .Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .OrderBy(m => m.Id)
            .ToListAsync();
        foreach (var microconference in all)
        {
            microconference.AddLead(lead);
            microconference.Record(MicroconferenceStatus.Accepted, SessionForm.Full, null);
            var call = new Call(microconference.ConferenceId, microconference.Id);
            call.Announce(now - Duration.FromDays(9), now + Duration.FromDays(9), DateTimeZone.Utc, now);
            db.Add(call);
        }

        await db.SaveChangesAsync();
        foreach (var microconference in all)
        {
            await FillAsync(db, microconference, now);
        }

        await db.Database.ExecuteSqlAsync($"ANALYZE");
        Console.WriteLine($"{all.Count} microconferences, {await db.Topics.CountAsync()} topics");
        var crowded = all[^1];
        var one = await db
            .Topics.Where(t => t.MicroconferenceId == crowded.Id && t.Status == TopicStatus.Submitted)
            .Select(t => t.Id)
            .FirstAsync();
        return
        [
            .. Pages.Select(page => $"{crowded.Path}/lead/{page}".TrimEnd('/')),
            FormattableString.Invariant($"{crowded.Path}/lead/topics/{one}"),
            crowded.Path,
            "/my",
        ];
    }

    // A quarter waits, a quarter is planned, a quarter has its letters written, a quarter is accepted.
    private static async Task FillAsync(LpcSite.Data.LpcDbContext db, Microconference microconference, Instant now)
    {
        var renderer = new MarkdownRenderer();
        var text = string.Join(
            "\n\n",
            Enumerable.Repeat(
                "What is *wrong*, what was tried, and which choices there are, with their pros and cons.",
                12
            )
        );
        var people = Enumerable
            .Range(0, Topics)
            .Select(i => new Person($"Speaker {i} of {microconference.Slug}", $"{microconference.Slug}-speaker-{i}"))
            .ToList();
        db.AddRange(people);
        await db.SaveChangesAsync();
        for (var i = 0; i < Topics; i++)
        {
            var topic = Topic.DraftedBy(
                people[i],
                $"Topic {i} of {microconference.Title}",
                microconference.Id,
                1000 + i
            );
            topic.Revise(
                topic.Title,
                renderer.Render(text, AnchorPrefix.OfTopic(microconference.Slug, 1000 + i)),
                30,
                ["https://lore.example.org/all/1"],
                "not on Monday",
                0,
                people[i],
                now
            );
            topic.SpokenBy([people[i], people[(i + 1) % Topics]], 0, null);
            topic.Submit(now);
            db.Add(topic);
            if (i % 4 == 3)
            {
                topic.Accept(25);
            }
            else if (i % 4 > 0)
            {
                var decision = new TopicDecision(topic);
                decision.Decide(TopicVerdict.Decline, null, null, "No place this time.", people[i], now);
                db.Add(decision);
                await db.SaveChangesAsync();
                if (i % 4 == 2)
                {
                    decision.Apply();
                    db.Add(
                        new Email(people[i].Id, people[i].Name, $"{people[i].Slug}@example.org", "Topic", text, now)
                            .About(microconference.ConferenceId, microconference.Id, "topic/0")
                            .OfLeads("Lead of Much", Mail)
                            .HeldByLeads(decision.Id)
                    );
                }
            }
        }

        await db.SaveChangesAsync();
    }
}
