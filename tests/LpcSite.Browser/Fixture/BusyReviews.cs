using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// The review of the busy desk's conference: criteria, opinions that differ, remarks on paragraphs that stay, move and
/// go, and long conversations.
/// </summary>
internal sealed class BusyReviews(SiteFixture site)
{
    public const string Reviewer = "Rita Desk-Reviewer";
    public const string Full = "/desk/review/desks-and-everything-that-lies-on-them";

    private const string Colleague = "Rolf Łukasz Ødegård-Reviewer";

    private static readonly MarkdownRenderer Renderer = new();

    public async Task AppearAsync()
    {
        foreach (var name in new[] { Reviewer, Colleague })
        {
            await site.Given.AccountAsync(await site.Given.ReviewerAsync(name, "desk"));
        }

        await site.Given.MicroconferenceAsync("Chairs", conference: "desk", leads: ["Otto Other"]);
        await site.Given.MicroconferenceAsync("What Rita leads", conference: "desk", leads: [Reviewer]);
        await using var db = site.OpenDatabase();
        var (rita, rolf) = (
            await db.People.SingleAsync(p => p.Name == Reviewer),
            await db.People.SingleAsync(p => p.Name == Colleague)
        );
        var criteria = await AskAsync(db, await db.Conferences.SingleAsync(c => c.Slug == "desk"));
        var full = await db
            .Microconferences.Include(m => m.Conference)
            .SingleAsync(m => m.Slug == "desks-and-everything-that-lies-on-them");
        var chairs = await db.Microconferences.SingleAsync(m => m.Slug == "chairs");
        Judge(db, full, criteria, rita, rolf);
        Talk(db, full, rita, rolf);
        db.AddRange(
            new Assignment(full.Id, rita.Id, rolf, Now),
            new Assignment(chairs.Id, rita.Id, rolf, Now),
            new Assignment(full.Id, rolf.Id, rolf, Now)
        );
        db.Add(new ConflictOfInterest(chairs, rolf, "We write it together.", rolf, Now));
        await db.SaveChangesAsync();
        site.ForgetPages();
    }

    private Instant Now => site.Clock.GetCurrentInstant();

    private static async Task<List<Criterion>> AskAsync(LpcDbContext db, Conference conference)
    {
        (string Name, string Help, int Weight)[] asked =
        [
            ("Problems", "1: nothing to solve together. 5: open problems that need these people in one room.", 2),
            ("People", "", 1),
            ("A criterion whose name is as long as the field lets it be, no more", "", 1),
        ];
        var criteria = asked
            .Select(
                (a, position) =>
                {
                    var criterion = new Criterion(conference.Id);
                    criterion.Describe(
                        position,
                        a.Name[..Math.Min(a.Name.Length, Criterion.NameMaxLength)],
                        a.Help,
                        a.Weight
                    );
                    return criterion;
                }
            )
            .ToList();
        db.AddRange(criteria);
        await db.SaveChangesAsync();
        return criteria;
    }

    private void Judge(LpcDbContext db, Microconference full, List<Criterion> criteria, Person rita, Person rolf)
    {
        var (mine, other) = (new Review(full, rita), new Review(full, rolf));
        mine.Write(
            criteria.ToDictionary(c => c.Id, c => 2 + c.Position),
            Confidence.High,
            Renderer.Render("They met twice and *agreed on nothing*.", "r1"),
            1,
            Now
        );
        other.Write(
            criteria.Take(1).ToDictionary(c => c.Id, _ => 5),
            Confidence.Low,
            Renderer.Render(
                "The right people come.\n\nSee https://lore.example.org/all/"
                    + "a-very-long-address-of-a-thread-that-has-no-place-to-break-anywhere-in-it/ for the patches.",
                "r2"
            ),
            2,
            Now
        );
        db.AddRange(mine, other);
    }

    private void Talk(LpcDbContext db, Microconference full, Person rita, Person rolf)
    {
        Paragraph About(string text, int place) => new(place, "", text);
        var (first, done, gone) = (
            new Remark(
                full,
                Audience.Leads,
                Renderer.Render("What does it cost, and whom?", "a1"),
                About("Order, and what it costs.", 0),
                rita,
                Now
            ),
            new Remark(
                full,
                Audience.Reviewers,
                Renderer.Render("These two are one, are they not?", "a2"),
                About("one two", 2),
                rolf,
                Now
            ),
            new Remark(
                full,
                Audience.Leads,
                Renderer.Render("Which words were these?", "a3"),
                About("Antique sentences about something altogether different.", 1),
                rolf,
                Now
            )
        );
        done.Settle(true, Now);
        db.AddRange(first, done, gone);
        db.AddRange(
            new Remark(
                full,
                Audience.Leads,
                Renderer.Render("Who is going to be there?\n\n* maintainers of drawers\n* users", "a4"),
                null,
                rita,
                Now
            ),
            new Remark(
                full,
                Audience.Reviewers,
                Renderer.Render("I would merge it with Chairs. @olga-desk?", "a5"),
                null,
                rolf,
                Now
            )
        );
    }
}
