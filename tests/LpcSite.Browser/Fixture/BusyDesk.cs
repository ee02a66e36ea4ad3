using System.Text.Json;
using LpcSite.Accounts.Invitations;
using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Markdown;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Results;
using LpcSite.Microconferences.Revisions;
using LpcSite.News;
using LpcSite.Nominations;
using LpcSite.People;
using LpcSite.Sponsors;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// A conference with as much as there can be on the desks of its leads and organizers: long names, long addresses,
/// every state.
/// </summary>
internal sealed class BusyDesk(SiteFixture site)
{
    public const string Lead = "Maria Fernanda de los Ángeles Desk-Villanueva";
    public const string Organizer = "Olga Desk";
    public const string Unclaimed = "Ursula Unclaimed";
    public const string Full = "/desk/mc/desks-and-everything-that-lies-on-them";
    public const string Draft = "/desk/mc/drafts-in-the-drawer";

    public const string Joined = "/desk/mc/shelves";
    public const string Calling = "/desk/mc/benches";

    private const string FullTitle = "Desks and everything that lies on them";
    private const string PageSlug = "how-to-attend-and-what-to-bring";
    private const string DraftTitle = "Drafts in the drawer";
    private const string LongAddress =
        "https://example.org/"
        + "a-long-address-that-has-no-place-to-break-anywhere-in-it-and-goes-on-and-on-and-on-until-the-end";

    private const string LongMail =
        "a-very-long-name-before-the-sign-and-no-place-to-break@mailboxes-of-an-example.example.org";

    private static readonly MarkdownRenderer Renderer = new();

    /// <summary>What the link of the invitation that awaits its answer carries.</summary>
    public string InvitationKey { get; private set; } = "";

    public async Task AppearAsync()
    {
        await site.Given.ConferenceAsync("desk", startsOn: new LocalDate(2021, 9, 20));
        await site.Given.ConferenceAsync("desk-before", startsOn: new LocalDate(2020, 9, 21));
        await site.Given.AccountAsync(await site.Given.PersonAsync(Lead));
        await site.Given.AccountAsync(await site.Given.OrganizerAsync(Organizer));
        await site.Given.PersonAsync(Unclaimed);
        await site.Given.MicroconferenceAsync(
            "Desks before",
            MicroconferenceStatus.Accepted,
            "desk-before",
            leads: [Lead],
            topics: ["Left over"]
        );
        await site.Given.MicroconferenceAsync(
            FullTitle,
            conference: "desk",
            description: "Order.\n\nOld words here.\n\nEnd.",
            results: "Two drawers are empty.",
            leads: [Lead, "Otto Other"],
            keyAttendees: ["Paul E. McKenney", "Jörg Rödel"],
            topics:
            [
                "Which drawer first?",
                "A_very_long_title_without_any_place_to_break_it_which_must_not_make_the_page_wider",
            ],
            speakers: ["Otto Other"]
        );
        await site.Given.MicroconferenceAsync(DraftTitle, MicroconferenceStatus.Draft, "desk", leads: [Lead]);
        await OpenCallAsync();
        await SetUpAsync();
        await JoinAsync();
        await CallForTopicsAsync();
        await using var db = site.OpenDatabase();
        var full = await db.Microconferences.WithLists().SingleAsync(m => m.Title == FullTitle);
        var people = await db
            .People.Where(p => p.Name == Lead || p.Name == Organizer || p.Name == "Otto Other" || p.Name == Unclaimed)
            .ToDictionaryAsync(p => p.Name);
        Write(db, full, people);
        Invite(db, full, people);
        Record(db, full, people);
        Send(db, full, people[Lead]);
        Tell(db, full, people[Organizer]);
        await db.SaveChangesAsync();
        await new WorkingTexts(db, site.Clock).SeeAsync(
            new(full.ConferenceId, full.Id, people["Otto Other"].Id),
            full.RevisionNumber,
            CancellationToken.None
        );
        site.ForgetPages();
    }

    /// <summary>As another organizer would, while the form is open elsewhere.</summary>
    public static async Task OvertakePageAsync(SiteFixture site)
    {
        await using var db = site.OpenDatabase();
        var page = await db.ConferencePages.SingleAsync(p => p.Slug == PageSlug);
        page.Write(
            "How to attend, and what to bring with you",
            Renderer.Render("Old words, theirs.", AnchorPrefix.OfPage(PageSlug)),
            isPublished: false
        );
        await db.SaveChangesAsync();
    }

    /// <summary>As the other lead would, while the form is open elsewhere.</summary>
    public static async Task OvertakeAsync(SiteFixture site)
    {
        await using var db = site.OpenDatabase();
        var full = await db.Microconferences.WithLists().SingleAsync(m => m.Title == FullTitle);
        var other = await db.People.SingleAsync(p => p.Name == "Otto Other");
        full.Revise(
            Renderer.Render(
                full.Revisions[^1].Description.Source.Replace("New words", "Other words", StringComparison.Ordinal),
                full.Slug
            ),
            full.Revisions[^1].Results,
            full.RevisionNumber,
            other,
            "Saved meanwhile",
            full.RevisedAt + Duration.FromMinutes(1)
        );
        await db.SaveChangesAsync();
    }

    // A call with topics in every state, more of them than fit.
    private async Task CallForTopicsAsync()
    {
        var now = site.Clock.GetCurrentInstant();
        var benches = await site.Given.MicroconferenceAsync(
            "Benches",
            MicroconferenceStatus.Accepted,
            "desk",
            leads: [Lead],
            topics: ["Which wood?"],
            keyAttendees: ["Paul E. McKenney", "Jörg Rödel"],
            form: SessionForm.Half
        );
        await site.Given.CallAsync(
            now - Duration.FromDays(3),
            now + Duration.FromDays(13),
            "Etc/GMT+12",
            benches,
            "desk"
        );
        var stools = (
            await site.Given.MicroconferenceAsync(
                "Stools, and everything else without a back",
                MicroconferenceStatus.Accepted,
                "desk",
                leads: ["Otto Other"]
            )
        ).Id;
        await using var db = site.OpenDatabase();
        var by = await db.People.SingleAsync(p => p.Name == Lead);
        var other = await db.People.SingleAsync(p => p.Name == "Otto Other");
        var elsewhere = await db.Microconferences.SingleAsync(m => m.Id == stools);
        for (var i = 0; i < 9; i++)
        {
            var topic = Topic.DraftedBy(
                i == 0 ? by : other,
                $"Problem {i}: who sits where, how long, and on what, when there are more people than seats in the "
                    + "room",
                benches.Id,
                i + 1
            );
            topic.Revise(
                topic.Title,
                Renderer.Render(
                    "## The problem\n\nThey *stand*.\n\n## Choices\n\n* more wood\n* fewer people",
                    $"b-{i}"
                ),
                40,
                [
                    "https://lore.example.org/all/"
                        + "a-very-long-address-of-a-thread-that-has-no-place-to-break-anywhere-in-it/",
                ],
                "Not before ten in the morning, as the train from Łódź comes in then.",
                0,
                other,
                now
            );
            topic.SpokenBy([by, other], 0, "one of them remote");
            if (i > 0)
            {
                topic.Submit(now);
            }

            (
                i switch
                {
                    2 or 3 => () => topic.Accept(null),
                    4 => topic.Decline,
                    7 => () => topic.AskFor("Say who sits.\n\nAnd for how long.", now),
                    8 => () => topic.OfferTo(elsewhere, "It is about stools."),
                    _ => (Action)(() => { }),
                }
            )();
            db.Add(topic);
            if (i is 5 or 6)
            {
                await PlanAsync(db, topic, i == 5, other, now);
            }
        }

        var offered = Topic.DraftedBy(
            other,
            "Three legs or four, and what happens to those that have only one of them",
            stools,
            0
        );
        offered.Revise(offered.Title, Renderer.Render("They *wobble*.", "s-0"), 20, [], null, 0, other, now);
        offered.Submit(now);
        await BringAsync(db, benches.ConferenceId, by, now);
        offered.OfferTo(await db.Microconferences.SingleAsync(m => m.Id == benches.Id), "Four legs are a bench.");
        db.Add(offered);
        await db.SaveChangesAsync();
    }

    // Slides in two versions, a recording, notes, and somebody who is named for a pass.
    private async Task BringAsync(LpcDbContext db, int conference, Person by, Instant now)
    {
        await db.SaveChangesAsync();
        var topic = await db.Topics.FirstAsync(t =>
            t.Status == TopicStatus.Accepted
            && db.Microconferences.Any(m => m.Id == t.MicroconferenceId && m.ConferenceId == conference)
        );
        var allowance = new Allowance(conference);
        allowance.Give(2, 6);
        allowance.CloseAt(now + Duration.FromDays(20), DateTimeZoneProviders.Tzdb["Etc/GMT+12"]);
        var (session, ofTopic) = (
            new Notes(topic.MicroconferenceId, NotesOf.Session),
            new Notes(topic.MicroconferenceId, NotesOf.Topic(topic.Id))
        );
        session.Write(
            Renderer.Render(
                "Nobody sat.\n\n* chairs\n* <https://example.org/"
                    + "a-long-address-that-has-no-place-to-break-anywhere-in-it-and-goes-on-and-on>",
                "n-0"
            ),
            by,
            now
        );
        ofTopic.Write(Renderer.Render("Oak.", "n-1"), by, now);
        db.AddRange(
            allowance,
            new Nomination(topic.MicroconferenceId, by, LongMail, NominationKind.Pass, by, now),
            session,
            ofTopic
        );
        await db.SaveChangesAsync();
        var microconference = await db
            .Microconferences.Include(m => m.Conference)
            .SingleAsync(m => m.Id == topic.MicroconferenceId);
        var materialUploads = new MaterialUploads(db, site.Clock);
        foreach (
            var name in new[]
            {
                "First version.txt",
                "A very long name of a file without any meaning that somebody has given to his slides.txt",
            }
        )
        {
            using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"What there is to see: {name}"));
            await materialUploads.SlidesAsync(
                microconference,
                topic,
                await SlidesFile.ReadAsync(file, name, CancellationToken.None),
                file,
                by,
                CancellationToken.None
            );
        }

        await materialUploads.LinkAsync(
            microconference,
            topic,
            "The patches",
            "https://lore.example.org/all/a-very-long-address-of-a-thread-that-has-no-place-to-break-anywhere-in-it/",
            by,
            CancellationToken.None
        );
    }

    // In the plan alone, or with a letter that is held and one that was sent.
    private static async Task PlanAsync(LpcDbContext db, Topic topic, bool onlyPlanned, Person by, Instant now)
    {
        var decision = new TopicDecision(topic);
        decision.Decide(
            onlyPlanned ? TopicVerdict.Accept : TopicVerdict.Decline,
            onlyPlanned ? 25 : null,
            null,
            "There is no time left for it.",
            by,
            now
        );
        db.Add(decision);
        await db.SaveChangesAsync();
        if (!onlyPlanned)
        {
            decision.Apply();
            Email Write() =>
                new Email(
                    by.Id,
                    by.Name,
                    LongMail,
                    $"Topic: {topic.Title}",
                    EmailText.Write(by.Name, "There is no time left for it.", LongAddress),
                    now
                ).OfLeads(by.Name, null);
            var conference = await db
                .Microconferences.Where(m => m.Id == topic.MicroconferenceId)
                .Select(m => m.ConferenceId)
                .SingleAsync();
            var sent = Write().About(conference, topic.MicroconferenceId, "topic/1");
            sent.Begin();
            sent.Refuse("552 5.2.2 The mailbox is full");
            db.AddRange(
                sent,
                Write().About(conference, topic.MicroconferenceId, "topic/1").HeldByLeads(decision.Id),
                Write().About(conference, topic.MicroconferenceId, "speakers/1").HeldByLeads(null)
            );
        }
    }

    // As a merge leaves it: the text of two, which nobody has gone on with.
    private async Task JoinAsync()
    {
        var shelves = (
            await site.Given.MicroconferenceAsync(
                "Shelves",
                conference: "desk",
                description: "What stands on them.\n\n## Problems\n\nDust.",
                leads: [Lead]
            )
        ).Id;
        var boards = (
            await site.Given.MicroconferenceAsync(
                "Boards of every kind, and the nails that hold them",
                conference: "desk",
                description: "What they are made of.\n\n## Problems\n\nSplinters.",
                leads: ["Otto Other"]
            )
        ).Id;
        await using var db = site.OpenDatabase();
        var (one, other) = (
            await db.Microconferences.Include(m => m.Revisions).SingleAsync(m => m.Id == shelves),
            await db.Microconferences.Include(m => m.Revisions).SingleAsync(m => m.Id == boards)
        );
        one.Revise(
            Renderer.Render(
                JoinedText.Of(one.Revisions[0].Description.Source, other.Title, other.Revisions[0].Description.Source),
                one.Slug
            ),
            MarkdownText.Empty,
            1,
            null,
            $"Merged with {other.Title}",
            site.Clock.GetCurrentInstant(),
            other.Revisions[0]
        );
        await db.SaveChangesAsync();
    }

    // Rooms, tiers, a sponsor in two of them with a logo, pages, and the next conference in preparation.
    private async Task SetUpAsync()
    {
        await site.Given.PageAsync(
            "front",
            "Front page",
            "Come to **Dublin**, and see "
                + "<https://example.org/how-to-get-there-in-a-long-address-without-any-place-to-break>.",
            conference: "desk"
        );
        await site.Given.PageAsync(
            PageSlug,
            "How to attend and what to bring, from visa to a jacket for the rooms",
            "Old words.\n\n## Visa\n\nAsk for a letter.",
            conference: "desk"
        );
        await site.Given.PageAsync("faq", "Questions", "Asked often.", isPublished: false, conference: "desk");
        await using var db = site.OpenDatabase();
        var conference = await db
            .Conferences.Include(c => c.Rooms)
            .Include(c => c.SponsorTiers)
            .AsSplitQuery()
            .SingleAsync(c => c.Slug == "desk");
        conference.Arrange([
            ("Lansdowne", 300, null),
            ("Meeting room 9 (third floor)", null, null),
            ("Herbert", 45, null),
        ]);
        conference.Thank([("Diamond", 2), ("Speaker gifts and everything that goes with them", 1), ("Unsold", 3)]);
        var sponsor = new Sponsor(conference.Id, "A company of a long name, its daughters and its sons in law");
        sponsor.Describe(
            "https://example.org/",
            SponsorLogo.Read([
                .. "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 60'>"u8,
                .. "<rect width='300' height='60' fill='#c0764a'/></svg>"u8,
            ])
        );
        var other = new Sponsor(conference.Id, "Tin & Copper");
        foreach (var tier in conference.SponsorTiers.Where(t => t.Position < 2))
        {
            tier.Fill([sponsor, other]);
        }

        db.AddRange(
            new Sponsor(conference.Id, "In no tier yet"),
            new Conference(
                "desk-next",
                "The next desk",
                "Desk next",
                new LocalDate(2022, 9, 19),
                new LocalDate(2022, 9, 21),
                DateTimeZone.Utc,
                "Prague"
            )
        );
        await db.SaveChangesAsync();
    }

    private async Task OpenCallAsync()
    {
        var now = site.Clock.GetCurrentInstant();
        await site.Given.CallAsync(
            now - Duration.FromDays(30),
            now + Duration.FromDays(13),
            "Etc/GMT+12",
            conference: "desk"
        );
        await using var db = site.OpenDatabase();
        var call = await db.Calls.SingleAsync(c =>
            c.MicroconferenceId == null && db.Conferences.Any(o => o.Slug == "desk" && o.Id == c.ConferenceId)
        );
        call.Guide(
            Renderer.Render(
                "Say **what is open**, who has to be there, and see "
                    + "<https://example.org/how-proposals-are-judged-in-a-long-address-without-any-place-to-break>.",
                "call"
            ),
            "## What is open\n"
        );
        var over = new LateLink(call.Id, 3, now + Duration.FromDays(2), now);
        over.Expire(now);
        db.AddRange(new LateLink(call.Id, 1, now + Duration.FromDays(20), now), over);
        await db.SaveChangesAsync();
    }

    private void Write(LpcDbContext db, Microconference full, Dictionary<string, Person> people)
    {
        var (proposed, now) = (
            site.Clock.GetCurrentInstant(),
            site.Clock.GetCurrentInstant() + Duration.FromMinutes(5)
        );
        full.Cite([
            ("[1]", "https://lore.example.org/all/20220501.1@example.org/"),
            (
                "long",
                "https://docs.example.org/a-long-address-that-has-no-place-to-break-anywhere-in-it-and-goes-on-and-on"
            ),
        ]);
        full.Revise(
            Renderer.Render("Order.\n\nNew words here.\n\nEnd.", full.Slug),
            full.Revisions[^1].Results,
            1,
            people[Lead],
            "Said it in other words",
            now
        );
        full.Revise(
            Renderer.Render("Order, and *what it costs*.\n\nNew words here.\n\n* one\n* two\n\nEnd.", full.Slug),
            full.Revisions[^1].Results,
            2,
            people["Otto Other"],
            "",
            now
        );
        db.Add(
            new AuditEntry(
                new Act(people[Lead], "edit", proposed),
                RevisionQueries.ProposedVerb,
                new AuditSubject(full.Path, full.ConferenceId, full.Id),
                JsonSerializer.Serialize(new { status = "Draft" }),
                JsonSerializer.Serialize(new { status = "Proposed", revision = 1 })
            )
        );
    }

    private void Invite(LpcDbContext db, Microconference full, Dictionary<string, Person> people)
    {
        var now = site.Clock.GetCurrentInstant();
        var open = new Invitation(
            new Person("Iris Invited", "iris-invited"),
            LongMail,
            InvitationPurpose.ToLead(full),
            people[Lead],
            now,
            out var key
        );
        var declined = new Invitation(
            new Person("Dirk Declined", "dirk-declined"),
            "dirk@example.org",
            InvitationPurpose.ToLead(full),
            people[Lead],
            now,
            out _
        );
        declined.Decline(now);
        var late = new Invitation(
            new Person("Lara Late", "lara-late"),
            "lara@example.org",
            InvitationPurpose.ToLead(full),
            people[Lead],
            now - Duration.FromDays(40),
            out _
        );
        db.AddRange(open, declined, late);
        InvitationKey = key;
    }

    private void Record(LpcDbContext db, Microconference full, Dictionary<string, Person> people)
    {
        var text = JsonSerializer.Serialize(
            new
            {
                title = FullTitle,
                reference = "https://docs.example.org/"
                    + "a-long-address-that-has-no-place-to-break-anywhere-in-it-and-goes-on",
            }
        );
        db.AddRange(
            Enumerable
                .Range(0, 6)
                .Select(i => new AuditEntry(
                    new Act(
                        i % 3 == 0 ? null : people[i % 3 == 1 ? Lead : Organizer],
                        "edit",
                        site.Clock.GetCurrentInstant()
                    ),
                    "changed the lists",
                    new AuditSubject(full.Path, full.ConferenceId, full.Id),
                    i % 2 == 0 ? text : null,
                    text
                ))
        );
    }

    private void Tell(LpcDbContext db, Microconference full, Person by)
    {
        var now = site.Clock.GetCurrentInstant();
        foreach (var isPublic in new[] { true, false })
        {
            var item = new NewsItem(full.ConferenceId, full, by, now);
            item.Say(
                $"{(isPublic ? "Accepted" : "Soon")}: {FullTitle}",
                Renderer.Render(
                    "Order, at last. See <https://example.org/"
                        + "a-long-address-that-has-no-place-to-break-anywhere-in-it-and-goes-on-and-on-until-the-end>."
                        + "\n\n* one\n* two",
                    "news"
                ),
                now
            );
            if (isPublic)
            {
                item.Publish(now);
            }

            db.Add(item);
        }
    }

    private void Send(LpcDbContext db, Microconference full, Person to)
    {
        var now = site.Clock.GetCurrentInstant();
        Email Write(string subject, string text) =>
            new Email(to.Id, to.Name, LongMail, subject, text, now).About(full.ConferenceId, full.Id, $"mc/{full.Id}");
        var (waiting, sent, failed, unclear) = (
            Write("A letter that waits", "Soon."),
            Write("A letter that arrived", "Here."),
            Write(
                "A letter to somebody whose mailbox is full, and whose subject goes on for much longer than any "
                    + "list is wide",
                $"A line\n\n{LongAddress}"
            ),
            Write("A letter of which nobody knows", "Perhaps.").Secret()
        );
        foreach (var email in new[] { waiting, sent, failed, unclear })
        {
            email.Begin();
        }

        waiting.Defer(
            "451 4.7.1 Greylisting in action, please come back later: see "
                + "https://mail.example.org/why-we-do-not-take-letters-at-once-and-when-to-come-back",
            now
        );
        sent.Deliver(now);
        failed.Refuse("552 5.2.2 The mailbox is full");
        unclear.BecomeUnclear("The connection was closed before the answer was read");
        db.AddRange(waiting, sent, failed, unclear);
    }
}
