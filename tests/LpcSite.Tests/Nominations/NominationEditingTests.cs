using System.Net;
using LpcSite.Microconferences;
using LpcSite.Nominations;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Nominations;

/// <summary>
/// Passes and places: no more than there are, until the deadline, and a letter before it to those who have some left.
/// </summary>
public sealed class NominationEditingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nominate_UntilAllAreGiven_ThenSaysSo()
    {
        var mc = await AllowedAsync("giving", passes: 1, places: 1);
        using var lead = await SignedInAsync("Lena Lead");
        var page = await lead.ReadAsync(mc);

        using var pass = await lead.SubmitAsync(
            mc,
            Named("Petra Pass", "petra@example.org", NominationKind.Pass),
            "Name them"
        );
        using var second = await lead.SubmitAsync(
            mc,
            Named("Sven Second", "sven@example.org", NominationKind.Pass),
            "Name them"
        );
        using var twice = await lead.SubmitAsync(
            mc,
            Named("petra  pass <petra-pass>", "petra@example.org", NominationKind.Place),
            "Name them"
        );
        using var changed = await lead.SubmitAsync(mc, new() { ["Input.Kind"] = "Place" }, "Save");
        using var place = await lead.SubmitAsync(
            mc,
            Named("Paul Place", "paul@example.org", NominationKind.Place),
            "Name them"
        );

        Assert.Contains(
            "until Wednesday 15 June 2022, 23:59 AoE",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            (HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest),
            (pass.StatusCode, second.StatusCode, twice.StatusCode)
        );
        Assert.Contains("All 1 passes of giving are given.", await AlertAsync(second), StringComparison.Ordinal);
        Assert.Equal(
            "Sven Second",
            (await Browsing.ParseAsync(second)).QuerySelector("#Input_Name")?.GetAttribute("value")
        );
        Assert.Contains("Petra Pass is nominated already.", await AlertAsync(twice), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Contains("All 1 guaranteed places", await AlertAsync(place), StringComparison.Ordinal);
        using var taken = await lead.SubmitAsync(mc, [], "Take back");
        Assert.Empty(await NominatedAsync("giving"));
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["nominated", "changed a nomination", "took a nomination back"],
            await db
                .AuditEntries.Where(e => e.Via == "lead/nominations" && e.Subject.StartsWith("/giving/"))
                .OrderBy(e => e.Id)
                .Select(e => e.Verb)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Nominate_OfTwoLeadsAtOnce_GivesTheLastPassOnce()
    {
        var mc = await AllowedAsync("racing", passes: 1, places: 0, "Lena Lead", "Lars Lead");
        using var lena = await SignedInAsync("Lena Lead");
        using var lars = await SignedInAsync("Lars Lead");
        var (hers, his) = (await lena.ReadAsync(mc), await lars.ReadAsync(mc));

        var answers = await Task.WhenAll(
            lena.SubmitAsync(hers, Named("Hers", "hers@example.org", NominationKind.Pass), "Name them"),
            lars.SubmitAsync(his, Named("His", "his@example.org", NominationKind.Pass), "Name them")
        );

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.BadRequest], answers.Select(a => a.StatusCode).Order());
        Assert.Single(await NominatedAsync("racing"));
    }

    [Fact]
    public async Task Nominate_AfterTheDeadline_IsForTheOrganizersAlone()
    {
        var mc = await AllowedAsync("late", passes: 2, places: 2);
        using var lead = await SignedInAsync("Lena Lead");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        var page = await lead.ReadAsync(mc);
        using var fixture = new ClockSetter(site, Instant.FromUtc(2022, 6, 16, 12, 0));

        using var late = await lead.SubmitAsync(
            page,
            Named("Too Late", "late@example.org", NominationKind.Pass),
            "Name them"
        );
        var shown = await lead.ReadAsync(mc);
        using var still = await olga.SubmitAsync(
            mc,
            Named("By Organizer", "still@example.org", NominationKind.Pass),
            "Name them"
        );

        Assert.Contains("The deadline has passed.", await AlertAsync(late), StringComparison.Ordinal);
        Assert.Empty(shown.QuerySelectorAll("main form"));
        Assert.Contains(
            "The organizers can still change it",
            shown.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(["By Organizer"], await NominatedAsync("late"));
        Assert.Equal(HttpStatusCode.Redirect, still.StatusCode);
    }

    [Fact]
    public async Task Organizers_GiveOneMicroconferenceOtherNumbers()
    {
        var mc = await AllowedAsync("other", passes: 1, places: 0);
        using var lead = await SignedInAsync("Lena Lead");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        using var own = await olga.SubmitAsync(
            "/other/organize/nominations",
            new() { ["passes"] = "3", ["places"] = "4" },
            "Set"
        );
        var more = (await lead.ReadAsync(mc)).QuerySelector("main")!.TextContent;
        using var wrong = await olga.SubmitAsync("/other/organize/nominations", new() { ["passes"] = "1000" }, "Set");
        using var shared = await olga.SubmitAsync("/other/organize/nominations", [], "As all");

        Assert.Contains("3 free passes and 4 guaranteed places", more, StringComparison.Ordinal);
        Assert.Contains("from 0 to 100 of each", await AlertAsync(wrong), StringComparison.Ordinal);
        Assert.Contains(
            "1 free pass and 0 guaranteed places",
            (await lead.ReadAsync(mc)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Input.ClosesAt", "soon", "Write date and time like")]
    [InlineData("Input.Passes", "-1", "From 0 to 100.")]
    public async Task Allow_OfWhatCannotBe_SaysSoBesideTheField(string field, string value, string sentence)
    {
        await AllowedAsync("wrong", passes: 1, places: 1);
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        using var answer = await olga.SubmitAsync(
            "/wrong/organize/nominations",
            new(StringComparer.Ordinal) { [field] = value },
            "Save"
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            sentence,
            (await Browsing.ParseAsync(answer)).QuerySelector($"[data-valmsg-for='{field}']")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Csv_OfEverybodyNamed_IsNoFormulaAndForOrganizersAlone()
    {
        var mc = await AllowedAsync("listed", passes: 2, places: 2);
        using var lead = await SignedInAsync("Lena Lead");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var named = await lead.SubmitAsync(
            mc,
            Named("=HYPERLINK(\"evil\")", "evil@example.org", NominationKind.Pass),
            "Name them"
        );

        var csv = await olga.Client.GetStringAsync("/listed/organize/nominations?handler=Csv", Stop);

        Assert.Contains("evil@example.org,pass,Lena Lead", csv, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await lead.GetAsync("/listed/organize/nominations?handler=Csv")).StatusCode
        );
    }

    [Fact]
    public async Task Reminder_BeforeTheDeadline_GoesOnceToWhoHasSomeLeft()
    {
        var mc = await AllowedAsync("reminded", passes: 1, places: 0);
        await site.Given.MicroconferenceAsync(
            "Given all",
            MicroconferenceStatus.Accepted,
            "reminded",
            leads: ["Gus Given"],
            form: SessionForm.Full
        );
        using var gus = await SignedInAsync("Gus Given");
        using var lead = await SignedInAsync("Lena Lead");
        using var given = await gus.SubmitAsync(
            "/reminded/mc/given-all/lead/nominations",
            Named("Somebody", "some@example.org", NominationKind.Pass),
            "Name them"
        );
        await CloseOthersAsync("reminded");
        var deadline = Instant.FromUtc(2022, 6, 16, 11, 59);

        var early = await RemindAsync(deadline - NominationReminder.Ahead - Duration.FromSeconds(1));
        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => RemindAsync(deadline - NominationReminder.Ahead), Stop))
        );
        var again = await RemindAsync(deadline - Duration.FromDays(1));
        await MoveAsync("reminded", deadline + Duration.FromDays(7));
        var moved = await RemindAsync(deadline + Duration.FromDays(5));
        var over = await RemindAsync(deadline + Duration.FromDays(8));

        Assert.Equal((0, 0, 1, 0), (early, again, moved, over));
        await using var db = site.OpenDatabase();
        var letters = await db
            .Letters.Where(l => l.Subject == "Passes and places of reminded")
            .OrderBy(l => l.Id)
            .ToListAsync(Stop);
        Assert.Equal(["Lena Lead", "Lena Lead"], letters.Select(l => l.ToName));
        Assert.Contains("1 free pass.", letters[0].Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains($"https://pipes.example.org{mc}", letters[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nominations_OneAndMany_AskTheSameNumberOfStatements()
    {
        var few = await AllowedAsync("few", passes: 1, places: 100);
        var many = await AllowedAsync("many", passes: 1, places: 100);
        using var lead = await SignedInAsync("Lena Lead");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await FillAsync("few", 1);
        await FillAsync("many", 30);

        Assert.Equal(await StatementsAsync(lead, few), await StatementsAsync(lead, many));
        Assert.Equal(
            await StatementsAsync(olga, "/few/organize/nominations"),
            await StatementsAsync(olga, "/many/organize/nominations")
        );
    }

    private static Dictionary<string, string> Named(string name, string mail, NominationKind kind) =>
        new(StringComparer.Ordinal)
        {
            ["Input.Name"] = name,
            ["Input.Mail"] = mail,
            ["Input.Kind"] = kind.ToString(),
        };

    // A conference with one accepted microconference of the same name, as the organizers set it up by their form.
    private async Task<string> AllowedAsync(string conference, int passes, int places, params string[] leads)
    {
        var mc = await site.Given.MicroconferenceAsync(
            conference,
            MicroconferenceStatus.Accepted,
            conference,
            leads: leads.Length == 0 ? ["Lena Lead"] : leads,
            form: SessionForm.Full
        );
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var saved = await olga.SubmitAsync(
            $"/{conference}/organize/nominations",
            new()
            {
                ["Input.Passes"] = $"{passes}",
                ["Input.Places"] = $"{places}",
                ["Input.ClosesAt"] = "2022-06-15T23:59",
                ["Input.Zone"] = "Etc/GMT+12",
            },
            "Save"
        );
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        return $"/{conference}/mc/{mc.Slug}/lead/nominations";
    }

    private async Task FillAsync(string conference, int count)
    {
        await using var db = site.OpenDatabase();
        var mc = await db.Microconferences.SingleAsync(m => m.Title == conference, Stop);
        var by = await db.People.FirstAsync(Stop);
        db.AddRange(
            Enumerable
                .Range(0, count)
                .Select(i => new Nomination(
                    mc.Id,
                    new LpcSite.People.Person($"Named {conference} {i}", $"named-{conference}-{i}"),
                    "n@example.org",
                    NominationKind.Place,
                    by,
                    site.Clock.GetCurrentInstant()
                ))
        );
        await db.SaveChangesAsync(Stop);
    }

    private async Task CloseOthersAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        await db
            .Allowances.Where(a =>
                a.MicroconferenceId == null && !db.Conferences.Any(c => c.Id == a.ConferenceId && c.Slug == conference)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.RemindedOf, a => a.ClosesAt), Stop);
    }

    private async Task MoveAsync(string conference, Instant deadline)
    {
        await using var db = site.OpenDatabase();
        await db
            .Allowances.Where(a => db.Conferences.Any(c => c.Id == a.ConferenceId && c.Slug == conference))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ClosesAt, deadline), Stop);
    }

    private Task<int> RemindAsync(Instant now) =>
        NominationReminder.WriteDueAsync(site.OpenDatabase, "https://pipes.example.org", now, Stop);

    private async Task<List<string>> NominatedAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Nominations.Where(n => db.Microconferences.Any(m => m.Id == n.MicroconferenceId && m.Title == title))
            .OrderBy(n => n.Id)
            .Select(n => n.Person.Name)
            .ToListAsync(Stop);
    }

    private static async Task<string> AlertAsync(HttpResponseMessage answer) =>
        (await Browsing.ParseAsync(answer)).QuerySelector("[role=alert]")?.TextContent ?? "";

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.ReadAsync(path));
    }

    // The clock of the class stands; who sets it puts it back.
    private sealed class ClockSetter : IDisposable
    {
        private readonly SiteFixture _site;
        private readonly Instant _before;

        public ClockSetter(SiteFixture site, Instant now)
        {
            (_site, _before) = (site, site.Clock.GetCurrentInstant());
            site.Clock.Reset(now);
        }

        public void Dispose() => _site.Clock.Reset(_before);
    }
}
