using System.Net;
using System.Text.Json;
using LpcSite.Accounts.Invitations;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Leads;
using LpcSite.Nominations;
using LpcSite.People;
using LpcSite.People.Merging;
using LpcSite.Rules;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Materials;
using LpcSite.Tests.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Accounts.Privacy;

/// <summary>What somebody may take with them, and what is left when they go.</summary>
public sealed class ErasureTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erase_OfALead_LeavesTheRoleUnderNobodysName()
    {
        var ulla = await site.Given.OrganizerAsync("Ulla Unwanted");
        await site.Given.AccountAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await site.Given.MicroconferenceAsync("Forgetting", leads: ["Ulla Unwanted", "Lena Lead"]);
        using var browsing = await site.AsAsync(ulla);
        using var elsewhere = await site.AsAsync(ulla);
        using var stranger = site.Browse();
        await stranger.ReadAsync("/2022/people/ulla-unwanted");
        await using var db = site.OpenDatabase();
        db.Letters.Add(
            new Email(
                ulla.Id,
                ulla.Name,
                "ulla-unwanted@example.org",
                "Welcome",
                "Hello Ulla",
                site.Clock.GetCurrentInstant()
            )
        );
        db.Letters.Add(
            new Email(
                null,
                "A Speaker",
                "speaker@example.org",
                "From Ulla",
                "To you",
                site.Clock.GetCurrentInstant()
            ).OfLeads(ulla.Name, "ulla-unwanted@example.org")
        );
        db.Redirects.Add(
            new Redirect("/2022/people/ulla-once", "/2022/people/ulla-unwanted", site.Clock.GetCurrentInstant())
        );
        await db.SaveChangesAsync(Stop);

        using var erased = await browsing.SubmitAsync(
            "/account/erase",
            new() { ["Input.Mail"] = "Ulla-Unwanted@example.org", ["Input.Password"] = Given.Password }
        );

        var slug = $"former-participant-{ulla.Id}";
        Assert.Equal("/", erased.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await browsing.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/2022/people/ulla-unwanted")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/2022/people/ulla-once")).StatusCode);
        Assert.Equal(
            Person.Former,
            (await stranger.ReadAsync($"/2022/people/{slug}")).QuerySelector("h1")?.TextContent
        );
        Assert.Contains(
            Person.Former,
            (await stranger.ReadAsync("/2022/mc/forgetting")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Ulla",
            (await stranger.ReadAsync("/2022/people")).Body!.TextContent,
            StringComparison.Ordinal
        );
        Assert.False(await db.Users.AnyAsync(a => a.PersonId == ulla.Id, Stop));
        Assert.False(await db.Organizers.AnyAsync(o => o.PersonId == ulla.Id, Stop));
        Assert.False(await db.Letters.AnyAsync(l => l.PersonId == ulla.Id, Stop));
        Assert.Equal(
            (null, null),
            await db
                .Letters.Where(l => l.Subject == "From Ulla")
                .Select(l => new ValueTuple<string?, string?>(l.AnswersTo, l.AnswersToName))
                .SingleAsync(Stop)
        );
        Assert.False(await db.PersonAliases.AnyAsync(a => a.PersonId == ulla.Id, Stop));
        var entry = await db.AuditEntries.SingleAsync(a => a.PersonId == ulla.Id, Stop);
        Assert.Equal(("erased the account", $"/people/{slug}"), (entry.Verb, entry.Subject));
    }

    [Fact]
    public async Task Erase_OfSomebodyWrittenToInAnotherSpelling_ForgetsThatTooAndEndsTheLink()
    {
        var erased = await site.Given.PersonAsync("Erase Me");
        var other = await site.Given.PersonAsync("Another Invited");
        var given = await site.Given.MicroconferenceAsync(
            "Spelled",
            MicroconferenceStatus.Accepted,
            leads: ["Lena Lead"]
        );
        using var browsing = await site.AsAsync(erased);
        const string Spelled = "Erase-Me@EXAMPLE.org";
        string key;
        await using (var db = site.OpenDatabase())
        {
            var (now, mc) = (
                site.Clock.GetCurrentInstant(),
                await db
                    .Microconferences.WithLists()
                    .Include(m => m.Conference)
                    .SingleAsync(m => m.Id == given.Id, Stop)
            );
            var invited = await db.People.SingleAsync(p => p.Id == other.Id, Stop);
            db.Invitations.Add(
                new Invitation(invited, Spelled, InvitationPurpose.ToLead(mc), mc.Leads[0].Person, now, out key)
            );
            db.Nominations.Add(new Nomination(mc.Id, invited, Spelled, NominationKind.Pass, mc.Leads[0].Person, now));
            db.Letters.Add(new Email(null, "Who knows", Spelled, "Lead Spelled?", "A link", now));
            db.Letters.Add(
                new Email(null, "A Speaker", "speaker-of-spelled@example.org", "From them", "To you", now).OfLeads(
                    erased.Name,
                    Spelled
                )
            );
            await db.SaveChangesAsync(Stop);
        }

        using var stranger = site.Browse();
        using var before = await stranger.GetAsync($"/account/invitation/{key}");
        using var gone = await browsing.SubmitAsync(
            "/account/erase",
            new() { ["Input.Mail"] = "ERASE-ME@example.org", ["Input.Password"] = Given.Password }
        );
        using var after = await stranger.GetAsync($"/account/invitation/{key}");

        Assert.Equal("/", gone.Headers.Location?.OriginalString);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (before.StatusCode, after.StatusCode));
        await using var left = site.OpenDatabase();
        Assert.False(await left.Invitations.AnyAsync(i => i.PersonId == other.Id, Stop));
        Assert.False(await left.Nominations.AnyAsync(n => n.PersonId == other.Id, Stop));
        Assert.False(await left.Letters.AnyAsync(l => l.Subject == "Lead Spelled?", Stop));
        Assert.Null(await left.Letters.Where(l => l.Subject == "From them").Select(l => l.AnswersTo).SingleAsync(Stop));
    }

    // Who did what, when and to what stays for ever; by which name they were called then, does not.
    [Fact]
    public async Task Erase_OfSomebodyInTheRecord_LeavesTheirNumberThere()
    {
        var erased = await site.Given.PersonAsync("Rita Record");
        await site.Given.PersonAsync("Rita Record Two");
        using var browsing = await site.AsAsync(erased);
        await using (var db = site.OpenDatabase())
        {
            var now = site.Clock.GetCurrentInstant();
            db.Redirects.Add(new Redirect("/2022/people/rita-before", "/2022/people/rita-record", now));
            db.AuditEntries.Add(
                new AuditEntry(
                    new Act(null, "forgets", now),
                    "one",
                    new AuditSubject("/people/rita-record"),
                    """{"person": "rita-record"}""",
                    """{"leads": ["Rita Record", "Lena Lead"]}"""
                )
            );
            db.AuditEntries.Add(
                new AuditEntry(
                    new Act(null, "forgets", now),
                    "two",
                    new AuditSubject("/2022/mc/x"),
                    null,
                    """{"to": "RITA RECORD <rita-record>, rita-before", "mail": "rita-record@example.org"}"""
                )
            );
            db.AuditEntries.Add(
                new AuditEntry(
                    new Act(null, "forgets", now),
                    "three",
                    new AuditSubject("/people/rita-record-two"),
                    """{"person": "rita-record-two"}""",
                    """{"text": "Rita Recorder and rita.recording"}"""
                )
            );
            await db.SaveChangesAsync(Stop);
        }

        using var gone = await browsing.SubmitAsync(
            "/account/erase",
            new() { ["Input.Mail"] = "rita-record@example.org", ["Input.Password"] = Given.Password }
        );

        Assert.Equal("/", gone.Headers.Location?.OriginalString);
        await using var left = site.OpenDatabase();
        var number = $"person {erased.Id}";
        Assert.Equal(
            [
                (
                    "one",
                    $"/people/{number}",
                    $$"""{"person": "{{number}}"}""",
                    $$"""{"leads": ["{{number}}", "Lena Lead"]}"""
                ),
                (
                    "two",
                    "/2022/mc/x",
                    null,
                    $$"""{"to": "{{number}} <{{number}}>, {{number}}", "mail": "{{number}}"}"""
                ),
                (
                    "three",
                    "/people/rita-record-two",
                    """{"person": "rita-record-two"}""",
                    """{"text": "Rita Recorder and rita.recording"}"""
                ),
            ],
            await left
                .AuditEntries.Where(a => a.Via == "forgets")
                .OrderBy(a => a.Id)
                .Select(a => new ValueTuple<string, string, string?, string?>(a.Verb, a.Subject, a.Before, a.After))
                .ToListAsync(Stop)
        );
        Assert.DoesNotContain(
            (await left.AuditEntries.ToListAsync(Stop)).ConvertAll(a => a.Subject + a.Before + a.After),
            line =>
                line.Replace("rita-record-two", "", StringComparison.Ordinal)
                    .Contains("rita-record", StringComparison.OrdinalIgnoreCase)
        );
    }

    // "Will" is a name, and a word.
    [Fact]
    public async Task Erase_OfSomebodyWithOneWordForAName_LeavesThatWordInSentences()
    {
        var will = await site.Given.PersonAsync("Will");
        var other = await site.Given.PersonAsync("Wilma Same");
        using var browsing = await site.AsAsync(will);
        using var wilma = await site.AsAsync(other);
        await using (var db = site.OpenDatabase())
        {
            db.Add(new Person("Wilma Same", "wilma-same-2"));
            db.AuditEntries.Add(
                new AuditEntry(
                    new Act(null, "word", site.Clock.GetCurrentInstant()),
                    "did",
                    new AuditSubject("/people/will"),
                    null,
                    """{"will": "Will", "text": "It will cost", "lead": "Wilma Same"}"""
                )
            );
            await db.SaveChangesAsync(Stop);
        }

        using var gone = await browsing.SubmitAsync(
            "/account/erase",
            new() { ["Input.Mail"] = "will@example.org", ["Input.Password"] = Given.Password }
        );
        using var too = await wilma.SubmitAsync(
            "/account/erase",
            new() { ["Input.Mail"] = "wilma-same@example.org", ["Input.Password"] = Given.Password }
        );

        await using var left = site.OpenDatabase();
        var entry = await left.AuditEntries.SingleAsync(a => a.Via == "word", Stop);
        Assert.Equal($"/people/person {will.Id}", entry.Subject);

        // A name that somebody else bears too says nothing of who is gone.
        Assert.Equal($$"""{"lead": "Wilma Same", "text": "It will cost", "will": "person {{will.Id}}"}""", entry.After);
    }

    // Frozen as they are, releases forget who asks for it: not only what is shown of them, but what they are made of.
    [Fact]
    public async Task Erase_OfASpeaker_IsForgottenByEveryReleaseAndNothingElseOfThemChanges()
    {
        var given = new GivenReleases(site, "forgetful");
        await given.PlaceAsync("Left", "Anna Also", "Herbert", 0, ("A topic", "Ruth Released", 0));
        await given.PlaceAsync("Stays", "Lena Lead", "Meeting 6", 300, ("Another", "Ruth Released", null));
        await given.ReleaseAsync();
        await given.PlaceAsync("Stays", "Lena Lead", "Meeting 6", 600, ("Another", "Ruth Released", 30));
        await given.ReleaseAsync();
        var before = await given.DocumentAsync();
        var ruth = await site.Given.PersonAsync("Ruth Released");
        using var browsing = await site.AsAsync(ruth);

        using var erased = await browsing.SubmitAsync(
            "/account/erase",
            new() { ["Input.Mail"] = "ruth-released@example.org", ["Input.Password"] = Given.Password }
        );

        Assert.Equal("/", erased.Headers.Location?.OriginalString);
        await using var after = site.OpenDatabase();
        var documents = await after
            .Releases.Where(r => after.Conferences.Any(c => c.Id == r.ConferenceId && c.Slug == "forgetful"))
            .Select(r => r.Document)
            .ToListAsync(Stop);
        Assert.Equal(2, documents.Count);
        Assert.DoesNotContain(documents, d => d.Contains("Ruth", StringComparison.OrdinalIgnoreCase));
        var former = new ScheduleDocument.Name(ruth.Id, $"former-participant-{ruth.Id}", Person.Former);
        Assert.Equal(
            before.WithPeople(new Dictionary<int, ScheduleDocument.Name> { [ruth.Id] = former }).ToJson(),
            (await given.DocumentAsync()).ToJson()
        );
        using var stranger = site.Browse();
        foreach (
            var address in new[] { "/forgetful/schedule", "/forgetful/schedule/v1", "/forgetful/schedule/changes" }
        )
        {
            Assert.DoesNotContain(
                "Ruth",
                (await stranger.ReadAsync(address)).Body!.TextContent,
                StringComparison.Ordinal
            );
        }

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            after.Database.ExecuteSqlRawAsync("UPDATE releases SET document = 'null'", Stop)
        );
    }

    [Fact]
    public async Task Erase_OfSomebodyAskedAndNominated_ForgetsWhatHeSaidAndGivesThePassBack()
    {
        var gone = await site.Given.PersonAsync("Nina Nominated");
        var given = await site.Given.MicroconferenceAsync(
            "Without Nina",
            MicroconferenceStatus.Accepted,
            leads: ["Lena Lead"],
            keyAttendees: ["Nina Nominated"],
            topics: ["Hers"],
            speakers: ["Nina Nominated"]
        );
        using var browsing = await site.AsAsync(gone);
        await using var db = site.OpenDatabase();
        var (now, mc) = (
            site.Clock.GetCurrentInstant(),
            await db.Microconferences.WithLists().SingleAsync(m => m.Id == given.Id, Stop)
        );
        var (nina, lena) = (mc.KeyAttendees.Single().Person, mc.Leads.Single().Person);
        mc.ExpectToCome(nina, nina, Attendance.Remote, now);
        mc.Topics.Single().TurnDown(nina, now);
        db.Add(new Nomination(mc.Id, nina, "nina@example.org", NominationKind.Pass, lena, now));
        await db.SaveChangesAsync(Stop);
        db.Add(new NotDuplicates(nina.Id, lena.Id, lena, now));
        await db.SaveChangesAsync(Stop);
        var exported = JsonDocument
            .Parse(await browsing.Client.GetByteArrayAsync("/account/export?handler=File", Stop))
            .RootElement.GetProperty("roles");

        using var erased = await EraseAsync(browsing, "nina-nominated@example.org");

        Assert.Equal("Pass", exported.GetProperty("nominations")[0].GetProperty("kind").GetString());
        Assert.Equal(
            "Remote",
            exported.GetProperty("answers").GetProperty("comes")[0].GetProperty("attendance").GetString()
        );
        Assert.Equal(HttpStatusCode.Redirect, erased.StatusCode);
        await using var after = site.OpenDatabase();
        Assert.False(await after.Nominations.AnyAsync(n => n.PersonId == gone.Id, Stop));
        Assert.False(await after.Distinctions.AnyAsync(d => d.PersonId == gone.Id || d.OtherId == gone.Id, Stop));
        Assert.Equal(
            (Attendance.Unknown, true),
            await after
                .KeyAttendees.Where(k => k.PersonId == gone.Id)
                .Select(k => new ValueTuple<Attendance, bool>(k.Attendance, k.ConfirmedAt == null))
                .SingleAsync(Stop)
        );
        Assert.Null(await after.Speakers.Where(s => s.PersonId == gone.Id).Select(s => s.DeclinedAt).SingleAsync(Stop));
    }

    [Theory]
    [InlineData("somebody@example.org", Given.Password, "Input.Mail")]
    [InlineData("stays-here@example.org", "not it, not at all", "Input.Password")]
    public async Task Erase_WithoutTheAddressOrThePassword_ErasesNobody(string mail, string password, string field)
    {
        using var browsing = await site.AsAsync(await site.Given.PersonAsync("Stays Here"));

        using var answer = await browsing.SubmitAsync(
            "/account/erase",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = password }
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEqual(
            "",
            (await Browsing.ParseAsync(answer)).QuerySelector($"[data-valmsg-for='{field}']")?.TextContent
        );
        Assert.Equal(HttpStatusCode.OK, (await browsing.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Erase_OfTheOnlyLead_IsRefusedUntilSomebodyElseLeads()
    {
        var solo = await site.Given.PersonAsync("Solo Lead");
        await site.Given.MicroconferenceAsync("Left Alone", leads: ["Solo Lead"]);
        await site.Given.MicroconferenceAsync("Only Begun", MicroconferenceStatus.Draft, leads: ["Solo Lead"]);
        await site.Given.MicroconferenceAsync("Taken Back", MicroconferenceStatus.Withdrawn, leads: ["Solo Lead"]);
        await site.Given.ConferenceAsync("2019", startsOn: new(2019, 9, 9));
        await site.Given.MicroconferenceAsync(
            "Long Held",
            MicroconferenceStatus.Accepted,
            "2019",
            leads: ["Solo Lead"]
        );
        using var browsing = await site.AsAsync(solo);

        using var refused = await EraseAsync(browsing, "solo-lead@example.org");
        var page = await Browsing.ParseAsync(refused);
        await LedByAsync("left-alone", "Second Lead");
        using var erased = await EraseAsync(browsing, "solo-lead@example.org");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(
            "Nobody but you leads “Left Alone”. Invite another lead and wait for the answer, or withdraw it first.",
            page.QuerySelector(".validation-summary-errors")?.TextContent.Trim()
        );
        Assert.Equal("solo-lead@example.org", page.QuerySelector("[name='Input.Mail']")?.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, erased.StatusCode);
    }

    [Fact]
    public async Task Erase_OfTheOnlyOrganizerWithAnAccount_IsRefused()
    {
        await using var elsewhere = new SiteFixture();
        await elsewhere.InitializeAsync();
        await elsewhere.Given.OrganizerAsync("Without Account");
        using var browsing = await elsewhere.AsAsync(await elsewhere.Given.OrganizerAsync("Olga Organizer"));

        using var refused = await EraseAsync(browsing, "olga-organizer@example.org");
        await elsewhere.Given.AccountAsync(await elsewhere.Given.PersonAsync("Without Account"));
        using var erased = await EraseAsync(browsing, "olga-organizer@example.org");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (refused.StatusCode, erased.StatusCode));
        Assert.Contains(
            "only organizer",
            (await Browsing.ParseAsync(refused)).QuerySelector(".validation-summary-errors")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Erase_OfBothLeadsAtOnce_LeavesOne()
    {
        await site.Given.MicroconferenceAsync("Both Go", leads: ["Goes One", "Goes Two"]);
        using var one = await site.AsAsync(await site.Given.PersonAsync("Goes One"));
        using var two = await site.AsAsync(await site.Given.PersonAsync("Goes Two"));

        var answers = await Task.WhenAll(
            EraseAsync(one, "goes-one@example.org"),
            EraseAsync(two, "goes-two@example.org")
        );

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.BadRequest], answers.Select(a => a.StatusCode).Order());
        await using var db = site.OpenDatabase();
        Assert.Equal(
            1,
            await db.Leads.CountAsync(
                l =>
                    l.Person.ErasedAt == null
                    && db.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.Slug == "both-go"),
                Stop
            )
        );
    }

    [Fact]
    public async Task Leave_WhileTheOtherLeadErasesHimself_LeavesOne()
    {
        await site.Given.MicroconferenceAsync("One Goes", leads: ["Stays Late", "Erases Early"]);
        var late = await site.Given.PersonAsync("Stays Late");
        using var early = await site.AsAsync(await site.Given.PersonAsync("Erases Early"));
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        var loaded = await db.Microconferences.Where(m => m.Slug == "one-goes").WithLists().SingleAsync(Stop);
        using var erased = await EraseAsync(early, "erases-early@example.org");

        site.Clock.AdvanceMinutes(1);
        var leaving = scope.ServiceProvider.GetRequiredService<LeadInvitations>();
        var raced = await Assert.ThrowsAsync<RuleException>(() =>
            leaving.RemoveAsync(loaded, late.Id, loaded.Leads.Single(l => l.PersonId == late.Id).Person, Stop)
        );
        using var hers = await site.AsAsync(late);
        using var again = await hers.SubmitAsync("/2022/mc/one-goes/lead/people", [], "Leave: Stays Late");

        Assert.Equal(HttpStatusCode.Redirect, erased.StatusCode);
        Assert.StartsWith("Somebody changed the leads at the same moment", raced.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task Export_OfALead_HoldsRolesTextsAndLettersButNoSecrets()
    {
        var erik = await site.Given.PersonAsync("Erik Éxport");
        var exported = await site.Given.MicroconferenceAsync(
            "Exported",
            leads: ["Erik Éxport"],
            topics: ["Mine"],
            speakers: ["Erik Éxport"]
        );
        using var browsing = await site.AsAsync(erik);
        await using var db = site.OpenDatabase();
        await db
            .Revisions.Where(r => r.MicroconferenceId == exported.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.AuthorId, erik.Id), Stop);
        db.Letters.Add(
            new Email(
                erik.Id,
                erik.Name,
                "erik@example.org",
                "Open",
                "In the open",
                site.Clock.GetCurrentInstant()
            ).WithCalendar("BEGIN:VCALENDAR")
        );
        db.Letters.Add(
            new Email(
                erik.Id,
                erik.Name,
                "erik@example.org",
                "Link",
                "token=hidden",
                site.Clock.GetCurrentInstant()
            ).Secret()
        );
        await db.SaveChangesAsync(Stop);
        var hash = await db.Users.Where(a => a.PersonId == erik.Id).Select(a => a.PasswordHash).SingleAsync(Stop);

        using var answer = await browsing.GetAsync(
            (await browsing.ReadAsync("/account/export")).QuerySelector("main a[download]")!.GetAttribute("href")!
        );
        var text = await answer.Content.ReadAsStringAsync(Stop);
        var json = JsonDocument.Parse(text).RootElement;

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"{erik.Slug}.json", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("Erik Éxport", json.GetProperty("person").GetProperty("name").GetString());
        Assert.Equal("/2022/mc/exported", json.GetProperty("roles").GetProperty("leads")[0].GetString());
        Assert.Equal("Mine", json.GetProperty("roles").GetProperty("speaksAbout")[0].GetProperty("title").GetString());
        Assert.Equal(
            "What there is to discuss.",
            json.GetProperty("texts").GetProperty("saved")[0].GetProperty("description").GetString()
        );
        Assert.Equal("In the open", json.GetProperty("letters")[0].GetProperty("text").GetString());
        Assert.Equal("BEGIN:VCALENDAR", json.GetProperty("letters")[0].GetProperty("calendar").GetString());
        Assert.DoesNotContain("token=hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain(hash!, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfASubmitter_HoldsTheTextsOfTheirTopicsAndWhomTheyInvited()
    {
        var sven = await site.Given.PersonAsync("Sven Submitter");
        await site.Given.MicroconferenceAsync("Told", leads: ["Lena Lead"]);
        var place = await site.TopicAsync("Told", "A topic of theirs", "Sven Submitter");
        using var browsing = await site.AsAsync(sven);
        await using (var db = site.OpenDatabase())
        {
            var told = await db.Microconferences.SingleAsync(m => m.Slug == "told", Stop);
            var guest = await db.People.SingleAsync(p => p.Slug == "lena-lead", Stop);
            db.Add(
                new Invitation(
                    guest,
                    "asked@example.org",
                    new InvitationPurpose(InvitationKind.Lead, told, null),
                    await db.People.SingleAsync(p => p.Id == sven.Id, Stop),
                    site.Clock.GetCurrentInstant(),
                    out _
                )
            );
            await db.SaveChangesAsync(Stop);
        }

        var page = await browsing.ReadAsync("/account/export");
        var text = await browsing.Client.GetStringAsync(
            page.QuerySelector("main a[download]")!.GetAttribute("href")!,
            Stop
        );
        var roles = JsonDocument.Parse(text).RootElement.GetProperty("roles");

        var submitted = roles
            .EnumerateObject()
            .Where(p => p.Value.ValueKind is JsonValueKind.Array)
            .SelectMany(p => p.Value.EnumerateArray())
            .Single(t => t.TryGetProperty("text", out _));
        Assert.Equal(place.Topic, submitted.GetProperty("id").GetInt32());
        Assert.NotEqual("", submitted.GetProperty("text").GetString());
        var invited = Assert.Single(roles.GetProperty("invited").EnumerateArray());
        Assert.Equal("asked@example.org", invited.GetProperty("mail").GetString());
        Assert.Equal("/2022/mc/told", invited.GetProperty("microconference").GetString());
    }

    private static Task<HttpResponseMessage> EraseAsync(Browsing browsing, string mail) =>
        browsing.SubmitAsync("/account/erase", new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password });

    private async Task LedByAsync(string slug, string name)
    {
        var person = await site.Given.PersonAsync(name);
        await using var db = site.OpenDatabase();
        (await db.Microconferences.Include(m => m.Leads).SingleAsync(m => m.Slug == slug, Stop)).AddLead(
            await db.People.SingleAsync(p => p.Id == person.Id, Stop)
        );
        await db.SaveChangesAsync(Stop);
    }
}
