using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Markdown;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Leads;
using LpcSite.Microconferences.Results;
using LpcSite.Microconferences.Revisions;
using LpcSite.News;
using LpcSite.Nominations;
using LpcSite.People;
using LpcSite.People.Merging;
using LpcSite.People.Pictures;
using LpcSite.Reviews;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;
using LpcSite.Rules;
using LpcSite.Scheduling.Availability;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Stars;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using LpcSite.Topics.Speakers;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.People.Merging;

/// <summary>Two people who are one become one everywhere, and no address of theirs dies.</summary>
public sealed class PersonMergeTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_RolesOfBoth_AreTheKeptOnesOnce()
    {
        await site.Given.MicroconferenceAsync(
            "Both",
            leads: ["First Lead", "Anna Two", "Anna One"],
            topics: ["Both speak"],
            speakers: ["Anna One", "Anna Two"]
        );
        await site.Given.MicroconferenceAsync("Other Only", leads: ["Anna Two"], keyAttendees: ["Anna Two"]);
        await MergeAsync("anna-one", "anna-two");

        await using var db = site.OpenDatabase();
        Assert.Equal(
            "anna-one",
            await db.People.Where(p => p.Slug == "anna-two").Select(p => p.MergedInto!.Slug).SingleAsync(Stop)
        );
        Assert.Equal(["first-lead", "anna-one"], await LeadsAsync(db, "Both"));
        Assert.Equal(["anna-one"], await LeadsAsync(db, "Other Only"));
        Assert.Equal(
            "anna-one",
            await db
                .KeyAttendees.Where(k =>
                    db.Microconferences.Any(m => m.Id == k.MicroconferenceId && m.Title == "Other Only")
                )
                .Select(k => k.Person.Slug)
                .SingleAsync(Stop)
        );
        Assert.Equal(
            "anna-one",
            await db.Speakers.Where(s => s.Person.Slug.StartsWith("anna")).Select(s => s.Person.Slug).SingleAsync(Stop)
        );
        Assert.Equal(
            ["Anna One", "Anna Two"],
            await db
                .PersonAliases.Where(a => db.People.Any(p => p.Id == a.PersonId && p.Slug == "anna-one"))
                .Select(a => a.Name)
                .Order()
                .ToListAsync(Stop)
        );
        Assert.Equal(
            "merged",
            await db.AuditEntries.Where(e => e.Subject == "/people/anna-one").Select(e => e.Verb).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Merge_AddressesOfTheOther_LeadToTheKeptOneAtOnce()
    {
        await site.Given.ConferenceAsync("2022");
        await site.Given.MicroconferenceAsync("Three", leads: ["Bea One", "Bea Two", "Bea Three"]);
        await MergeAsync("bea-two", "bea-three");
        await MergeAsync("bea-one", "bea-two");

        await using var db = site.OpenDatabase();
        var redirects = await db
            .Redirects.Where(r => r.From.Contains("/people/bea"))
            .OrderBy(r => r.From)
            .Select(r => new { r.From, r.To })
            .ToListAsync(Stop);
        Assert.Equal(
            [("/2022/people/bea-three", "/2022/people/bea-one"), ("/2022/people/bea-two", "/2022/people/bea-one")],
            redirects.Where(r => r.From.StartsWith("/2022", StringComparison.Ordinal)).Select(r => (r.From, r.To))
        );
    }

    [Fact]
    public async Task Merge_ThingsTheOtherDid_AreReadAsTheKeptOnes()
    {
        await using (var db = site.OpenDatabase())
        {
            var author = new Person("Cleo Two", "cleo-two");
            var now = site.Clock.GetCurrentInstant();
            db.AddRange(
                new Person("Cleo One", "cleo-one"),
                author,
                new AuditEntry(new Act(author, "test", now), "did", new AuditSubject("/cleo"), null, null)
            );
            var microconference = await site.Given.MicroconferenceAsync("Written");
            var written = await db
                .Microconferences.Include(m => m.Revisions)
                .SingleAsync(m => m.Id == microconference.Id, Stop);
            var text = written.Revisions.Single().Description;
            written.Revise(text, text, 1, author, "By the other", now);
            var topic = Topic.DraftedBy(author, "Planned by the other", microconference.Id, 0);
            topic.Revise(
                "Planned by the other",
                new MarkdownRenderer().Render("P.", "p"),
                15,
                [],
                null,
                0,
                author,
                now
            );
            topic.Submit(now);
            var plan = new TopicDecision(topic);
            plan.Decide(TopicVerdict.Decline, null, null, "", author, now);
            db.Add(plan);
            await db.SaveChangesAsync(Stop);
        }

        await MergeAsync("cleo-one", "cleo-two");
        await using var after = site.OpenDatabase();
        Assert.Equal(
            "cleo-one",
            await after.Revisions.Where(r => r.Summary == "By the other").Select(r => r.Author!.Slug).SingleAsync(Stop)
        );
        Assert.Equal(
            "cleo-one",
            await after
                .TopicDecisions.Where(d => d.Topic.Title == "Planned by the other")
                .Select(d => d.By.Slug)
                .SingleAsync(Stop)
        );
        Assert.Equal(
            "cleo-one",
            await after
                .AuditEntries.Where(e => e.Subject == "/cleo")
                .Select(e => e.By!.MergedInto!.Slug)
                .SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Merge_OfTwoReviewers_KeepsOneReviewOfEachProposal()
    {
        var microconference = await site.Given.MicroconferenceAsync("Reviewed twice");
        var now = site.Clock.GetCurrentInstant();
        await using (var db = site.OpenDatabase())
        {
            var reviewed = await db.Microconferences.SingleAsync(m => m.Id == microconference.Id, Stop);
            var criterion = new Criterion(microconference.ConferenceId);
            criterion.Describe(0, "Problems", "", 1);
            var people = new[] { new Person("Emma One", "emma-one"), new Person("Emma Two", "emma-two") };
            db.Add(criterion);
            db.AddRange(people);
            await db.SaveChangesAsync(Stop);
            foreach (var (person, score) in people.Zip([4, 1]))
            {
                var review = new Review(reviewed, person);
                review.Write(
                    new Dictionary<int, int> { [criterion.Id] = score },
                    Confidence.Fair,
                    MarkdownText.Empty,
                    1,
                    now
                );
                db.AddRange(
                    review,
                    new Assignment(reviewed.Id, person.Id, person, now),
                    new ConflictOfInterest(reviewed, person, "", person, now),
                    new Remark(
                        reviewed,
                        Audience.Reviewers,
                        new MarkdownRenderer().Render($"Mine is {score}.", "r"),
                        null,
                        person,
                        now
                    )
                );
            }

            await db.SaveChangesAsync(Stop);
        }

        await MergeAsync("emma-one", "emma-two");
        await using var after = site.OpenDatabase();
        var kept = await after
            .Reviews.Include(r => r.Scores)
            .SingleAsync(r => r.MicroconferenceId == microconference.Id, Stop);
        Assert.Equal(4, kept.Scores.Single().Value);
        Assert.Equal(
            ["emma-one", "emma-one"],
            await after
                .Remarks.Where(r => r.MicroconferenceId == microconference.Id)
                .Select(r => r.By.Slug)
                .ToListAsync(Stop)
        );
        Assert.Equal(
            "emma-one",
            (
                await after
                    .Assignments.Include(a => a.Reviewer)
                    .SingleAsync(a => a.MicroconferenceId == microconference.Id, Stop)
            )
                .Reviewer
                .Slug
        );
        Assert.Equal(
            "emma-one",
            (
                await after
                    .ConflictsOfInterest.Include(c => c.By)
                    .SingleAsync(c => c.MicroconferenceId == microconference.Id, Stop)
            )
                .By
                .Slug
        );
    }

    [Fact]
    public async Task Merge_OfTwoWhoWereAskedAndNominated_KeepsTheAnswerTheOpenLinkAndTheBetterNomination()
    {
        var given = await site.Given.MicroconferenceAsync(
            "Asks both",
            MicroconferenceStatus.Accepted,
            leads: ["Lena Lead"],
            keyAttendees: ["Faye One", "Faye Two"],
            topics: ["Both speak here"],
            speakers: ["Faye One", "Faye Two"]
        );
        await using (var db = site.OpenDatabase())
        {
            var now = site.Clock.GetCurrentInstant();
            var mc = await db.Microconferences.WithLists().SingleAsync(m => m.Id == given.Id, Stop);
            var (one, two, lena) = (
                mc.KeyAttendees.Single(k => k.Position == 0).Person,
                mc.KeyAttendees.Single(k => k.Position == 1).Person,
                mc.Leads.Single().Person
            );
            mc.ExpectToCome(two, two, Attendance.Remote, now);
            mc.Topics.Single().TurnDown(two, now);
            var third = new Person("Faye Three", "faye-three");
            db.AddRange(
                new Invitation(one, "one@example.org", InvitationPurpose.ToAttend(mc), lena, now, out _),
                new Invitation(two, "two@example.org", InvitationPurpose.ToAttend(mc), lena, now, out _),
                new Invitation(
                    two,
                    "two@example.org",
                    InvitationPurpose.ToSpeak(mc, mc.Topics.Single()),
                    lena,
                    now,
                    out _
                )
            );
            db.AddRange(
                new Nomination(mc.Id, one, "one@example.org", NominationKind.Place, two, now),
                new Nomination(mc.Id, two, "two@example.org", NominationKind.Pass, two, now),
                third
            );
            await db.SaveChangesAsync(Stop);
            db.AddRange(new NotDuplicates(one.Id, two.Id, lena, now), new NotDuplicates(two.Id, third.Id, two, now));
            await db.SaveChangesAsync(Stop);
        }

        await MergeAsync("faye-one", "faye-two");
        await using var after = site.OpenDatabase();
        var merged = await after.Microconferences.WithLists().SingleAsync(m => m.Id == given.Id, Stop);
        Assert.Equal(
            ("faye-one", Attendance.Remote, true),
            merged.KeyAttendees.Select(k => (k.Person.Slug, k.Attendance, k.ConfirmedAt is not null)).Single()
        );
        Assert.Equal(
            ("faye-one", true),
            merged.Topics.Single().Speakers.Select(s => (s.Person.Slug, s.DeclinedAt is not null)).Single()
        );
        Assert.Equal(
            ["Attend open", "Attend ended", "Speak open"],
            (
                await after.Invitations.Where(i => i.Person.Slug == "faye-one").OrderBy(i => i.Id).ToListAsync(Stop)
            ).Select(i => $"{i.Kind} {(i.WithdrawnAt is null ? "open" : "ended")}")
        );
        Assert.Equal(
            ("faye-one", NominationKind.Pass, "faye-one"),
            await after
                .Nominations.Where(n => n.MicroconferenceId == given.Id)
                .Select(n => new ValueTuple<string, NominationKind, string>(n.Person.Slug, n.Kind, n.By.Slug))
                .SingleAsync(Stop)
        );
        var apart = await after.Distinctions.Include(d => d.By).SingleAsync(Stop);
        Assert.Equal(
            ("faye-one", "faye-three", "faye-one"),
            (await SlugAsync(after, apart.PersonId), await SlugAsync(after, apart.OtherId), apart.By.Slug)
        );
    }

    [Theory]
    [InlineData(
        "nobody",
        "dora-one",
        "There is nobody at 'nobody'. People are named by the last part of the address of their page."
    )]
    [InlineData("dora-one", "dora-one", "'dora-one' and 'dora-one' are the same person already.")]
    [InlineData("dora-one", "DORA one", "There is nobody at 'DORA one'. People of that name: dora-one.")]
    [InlineData("dora-one", "Twin", "There is nobody at 'Twin'. People of that name: twin-1, twin-2.")]
    public async Task Merge_WithoutTwoPeople_SaysWhy(string kept, string other, string sentence)
    {
        await using (var db = site.OpenDatabase())
        {
            if (!await db.People.AnyAsync(p => p.Slug == "dora-one", Stop))
            {
                db.AddRange(
                    new Person("Dora One", "dora-one"),
                    new Person("Twin", "twin-1"),
                    new Person("Twin", "twin-2")
                );
                await db.SaveChangesAsync(Stop);
            }
        }

        Assert.Equal(sentence, (await Assert.ThrowsAsync<OperatorException>(() => MergeAsync(kept, other))).Message);
    }

    // A new kind of role must be moved too: whoever adds a key to people is sent here.
    [Fact]
    public void Merge_KnowsEveryKeyToPeople()
    {
        using var db = site.OpenDatabase();
        Assert.Equal(
            [
                nameof(Absence),
                nameof(Absence),
                nameof(Account),
                nameof(Assignment),
                nameof(Assignment),
                nameof(AuditEntry),
                nameof(ClashReason),
                nameof(ConflictOfInterest),
                nameof(ConflictOfInterest),
                nameof(Decision),
                nameof(Email),
                nameof(Invitation),
                nameof(Invitation),
                nameof(KeyAttendee),
                nameof(Lead),
                nameof(Material),
                nameof(NewsItem),
                nameof(Nomination),
                nameof(Nomination),
                nameof(NotDuplicates),
                nameof(NotDuplicates),
                nameof(NotDuplicates),
                nameof(Notes),
                nameof(Organizer),
                nameof(Person),
                nameof(PersonAlias),
                nameof(PersonPicture),
                nameof(Release),
                nameof(Remark),
                nameof(Review),
                nameof(Reviewer),
                nameof(Revision),
                nameof(Speaker),
                nameof(Star),
                nameof(StarFeed),
                nameof(Topic),
                nameof(TopicDecision),
                nameof(TopicRevision),
                nameof(WorkingText),
            ],
            db.Model.FindEntityType(typeof(Person))!
                .GetReferencingForeignKeys()
                .Select(key => key.DeclaringEntityType.ClrType.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    private static Task<List<string>> LeadsAsync(LpcDbContext db, string title) =>
        db
            .Leads.Where(l => db.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.Title == title))
            .OrderBy(l => l.Position)
            .Select(l => l.Person.Slug)
            .ToListAsync(Stop);

    private static Task<string> SlugAsync(LpcDbContext db, int person) =>
        db.People.Where(p => p.Id == person).Select(p => p.Slug).SingleAsync(Stop);

    private async Task MergeAsync(string kept, string other)
    {
        await using var db = site.OpenDatabase();
        await new PersonMerge(db, site.Clock).MergeAsync(kept, other, "test", by: null, Stop);
    }
}
