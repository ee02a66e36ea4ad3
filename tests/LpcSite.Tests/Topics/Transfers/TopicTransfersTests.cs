using System.Net;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Sessions;
using LpcSite.Tests.Decisions;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Topics.Transfers;

/// <summary>
/// What leads do with one topic beside deciding: ask for changes, arrange it, offer it to others, write to its people.
/// </summary>
public sealed class TopicTransfersTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offer_TakenOver_MovesTheTopicItsAddressesAndItsRights()
    {
        var (from, to) = (await CallingAsync("Memory", "Mel Lead"), await CallingAsync("Storage", "Sam Lead"));
        using var mel = await SignedInAsync("Mel Lead");
        using var sam = await SignedInAsync("Sam Lead");
        using var author = await SignedInAsync("Ann Author");
        var path = await SubmitAsync(author, from, "Zoned pages");
        var id = await TopicAsync("Zoned pages", t => t.Id);

        using var offered = await mel.SubmitAsync(
            $"{from}/lead/topics/{id}",
            new() { ["Input.To"] = "storage", ["Input.Words"] = "It is about disks." },
            "Offer it"
        );
        var offer = await sam.ReadAsync($"{to}/lead/topics/{id}");
        using var taken = await sam.SubmitAsync(offer, [], "Take it over");

        Assert.Contains("It is about disks.", offer.QuerySelector("main .note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Zoned pages",
            (await sam.ReadAsync($"{to}/lead/topics")).QuerySelector(".decisions")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.NotFound, (await mel.GetAsync($"{from}/lead/topics/{id}")).StatusCode);
        Assert.Equal($"{to}/submit/{id}", (await author.GetAsync(path)).Headers.Location?.OriginalString);
        Assert.Contains(
            await LettersAsync("Ann Author"),
            l => l.Text.Contains("belongs to the latter", StringComparison.Ordinal)
        );
        Assert.Contains(
            await LettersAsync("Mel Lead"),
            l => l.Text.Contains("have taken over the topic", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Offer_OfATopicThatHadATimeInTheSession_LeavesTheTimeBehind()
    {
        var (from, to) = (await CallingAsync("Timed", "Tim Lead"), await CallingAsync("Untimed", "Uta Lead"));
        using var tim = await SignedInAsync("Tim Lead");
        using var uta = await SignedInAsync("Uta Lead");
        using var author = await SignedInAsync("Ann Author");
        await SubmitAsync(author, from, "Had a time");
        await Desk.DecideAsync(tim, from, "Had a time", "Accept");
        var id = await TopicAsync("Had a time", t => t.Id);
        await using var db = site.OpenDatabase();
        db.Add(
            SessionItem.Of(
                await db.Microconferences.SingleAsync(m => m.Title == "Timed", Stop),
                null,
                await db.Topics.SingleAsync(t => t.Id == id, Stop),
                0,
                30
            )
        );
        await db.SaveChangesAsync(Stop);

        await tim.SubmitAsync($"{from}/lead/topics/{id}", [], "Decide anew");
        var kept = await db.SessionItems.CountAsync(i => i.TopicId == id, Stop);
        await tim.SubmitAsync($"{from}/lead/topics/{id}", new() { ["Input.To"] = "untimed" }, "Offer it");
        await uta.SubmitAsync($"{to}/lead/topics/{id}", [], "Take it over");
        await Desk.DecideAsync(uta, to, "Had a time", "Accept");

        Assert.Equal((1, 0), (kept, await db.SessionItems.CountAsync(i => i.TopicId == id, Stop)));
        Assert.Contains(
            "Had a time",
            (await uta.ReadAsync($"{to}/lead/session")).QuerySelector("main .index")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Offer_RefusedOrTakenBack_LeavesItWhereItIs()
    {
        var (from, to) = (await CallingAsync("Here", "Hal Lead"), await CallingAsync("There", "Tea Lead"));
        using var hal = await SignedInAsync("Hal Lead");
        using var tea = await SignedInAsync("Tea Lead");
        using var author = await SignedInAsync("Ann Author");
        await SubmitAsync(author, from, "Undecided place");
        var page = $"/lead/topics/{await TopicAsync("Undecided place", t => t.Id)}";

        await hal.SubmitAsync(from + page, new() { ["Input.To"] = "there" }, "Offer it");
        var offer = await tea.ReadAsync(to + page);
        await hal.SubmitAsync(from + page, [], "Take the offer back");
        using var late = await tea.SubmitAsync(offer, [], "Take it over");
        await hal.SubmitAsync(from + page, new() { ["Input.To"] = "there" }, "Offer it");
        await tea.SubmitAsync(to + page, [], "Leave it to them");

        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await tea.GetAsync(to + page)).StatusCode);
        Assert.Contains(
            "Undecided place",
            (await hal.ReadAsync($"{from}/lead/topics")).QuerySelector(".decisions")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Offer_OfAPlannedTopicOrToNobody_IsRefused()
    {
        var (from, _) = (await CallingAsync("Planned", "Pia Lead"), await CallingAsync("Target", "Tom Lead"));
        using var lead = await SignedInAsync("Pia Lead");
        using var author = await SignedInAsync("Ann Author");
        await SubmitAsync(author, from, "Planned already");
        var page = await lead.ReadAsync($"{from}/lead/topics/{await TopicAsync("Planned already", t => t.Id)}");

        using var nowhere = await lead.SubmitAsync(page, [], "Offer it");
        await Desk.PlanAsync(lead, from, "Planned already", "Accept");
        using var planned = await lead.SubmitAsync(page, new() { ["Input.To"] = "target" }, "Offer it");

        Assert.Contains(
            "Choose the microconference",
            (await Browsing.ParseAsync(nowhere)).QuerySelector("[data-valmsg-for='Input.To']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.BadRequest, planned.StatusCode);
        Assert.Null(await TopicAsync("Planned already", t => t.OfferedToId));
    }

    [Fact]
    public async Task Changes_AskedForAfterTheDeadline_CanBeMadeOnceMore()
    {
        var mc = await CallingAsync("Asking", "Ada Lead");
        using var lead = await SignedInAsync("Ada Lead");
        using var author = await SignedInAsync("Art Author");
        var path = await SubmitAsync(author, mc, "Unclear");
        await lead.SubmitAsync($"{mc}/lead/call", [], "Close it now");
        var page = $"{mc}/lead/topics/{await TopicAsync("Unclear", t => t.Id)}";

        using var empty = await lead.SubmitAsync(page, [], "Ask for it");
        await lead.SubmitAsync(page, new() { ["Input.Changes"] = "Say which kernel." }, "Ask for it");
        var (mine, asked) = (
            (await author.ReadAsync("/my")).QuerySelector("main")!.TextContent,
            await author.ReadAsync(path)
        );
        using var sent = await author.SubmitAsync(asked, new() { ["Input.Problem"] = "On 6.1." }, "submit");
        using var closed = await author.SubmitAsync(
            asked,
            new() { ["Input.BasedOn"] = "2", ["Input.Problem"] = "On 6.2." },
            "submit"
        );

        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Contains("Do what its leads ask for", mine, StringComparison.Ordinal);
        Assert.Contains("Say which kernel.", asked.QuerySelector("main .note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, closed.StatusCode);
        Assert.Equal(
            ("On 6.1.", null),
            await TopicAsync("Unclear", t => new ValueTuple<string, string?>(t.Details.Source, t.Asked))
        );
        Assert.Contains(
            await LettersAsync("Ada Lead"),
            l => l.Text.Contains("as you asked, and sends it again", StringComparison.Ordinal)
        );
        Assert.Contains(
            await LettersAsync("Art Author"),
            l => l.Text.Contains("Say which kernel.", StringComparison.Ordinal) && l.State is EmailState.Waiting
        );
    }

    [Fact]
    public async Task Write_ToSpeakers_IsOneLetterEachThatWaitsInTheOutbox()
    {
        var mc = await CallingAsync("Writing", "Wes Lead");
        using var lead = await SignedInAsync("Wes Lead");
        using var chosen = await SignedInAsync("Cho Sen");
        using var declined = await SignedInAsync("Des Clined");
        await SubmitAsync(chosen, mc, "First of two");
        await SubmitAsync(chosen, mc, "Second of two");
        await SubmitAsync(declined, mc, "Of nobody");
        await Desk.DecideAsync(lead, mc, "First of two", "Accept");
        await Desk.DecideAsync(lead, mc, "Second of two", "Accept");
        await Desk.DecideAsync(lead, mc, "Of nobody", "Decline");

        using var written = await lead.SubmitAsync(
            $"{mc}/lead/write",
            new() { ["Input.Subject"] = "The room", ["Input.Text"] = "It has moved.\n\nCome early." }
        );
        var beforehand = await LettersAsync("Cho Sen");
        using var sent = await lead.SubmitAsync($"{mc}/lead/letters", [], "Send it");

        var email = Assert.Single(await LettersAsync("Cho Sen"), l => l.Subject == "The room");
        Assert.Equal(
            (EmailState.Held, EmailState.Waiting),
            (beforehand.Single(l => l.Id == email.Id).State, email.State)
        );
        Assert.Contains(
            "\"First of two\", \"Second of two\"",
            email.Text.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
        Assert.Contains("Reply to this letter to write to Wes Lead.", email.Text, StringComparison.Ordinal);
        Assert.Equal("wes-lead@example.org", email.AnswersTo);
        Assert.DoesNotContain(await LettersAsync("Des Clined"), l => l.Subject == "The room");
    }

    [Theory]
    [InlineData("", "Text", "Input.Subject")]
    [InlineData("Subject", "", "Input.Text")]
    public async Task Write_WithoutSubjectOrText_SaysSoBesideTheField(string subject, string text, string field)
    {
        var mc = await CallingAsync("Wordless", "Wol Lead");
        using var lead = await SignedInAsync("Wol Lead");

        using var refused = await lead.SubmitAsync(
            $"{mc}/lead/write",
            new() { ["Input.Subject"] = subject, ["Input.Text"] = text }
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotEmpty(
            (await Browsing.ParseAsync(refused)).QuerySelector($"[data-valmsg-for='{field}']")!.TextContent
        );
    }

    [Fact]
    public async Task Arrange_OfAnAcceptedTopic_ChangesItsLengthAndHeadingOnThePage()
    {
        var mc = await CallingAsync("Arranged", "Ari Lead");
        using var lead = await SignedInAsync("Ari Lead");
        using var author = await SignedInAsync("Ann Author");
        await SubmitAsync(author, mc, "Placed");
        await Desk.DecideAsync(lead, mc, "Placed", "Accept");
        var page = $"{mc}/lead/topics/{await TopicAsync("Placed", t => t.Id)}";

        await lead.SubmitAsync(page, new() { ["Input.Minutes"] = "15", ["Input.Group"] = "PCI" }, "Save");
        using var refused = await lead.SubmitAsync(page, new() { ["Input.Minutes"] = "999" }, "Save");

        var shown = await site.ReadAsync(mc);
        Assert.Equal(
            ("PCI", "15 min"),
            (shown.QuerySelector("article h3")?.TextContent, shown.QuerySelector(".topics .min")?.TextContent)
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(
            "999",
            (await Browsing.ParseAsync(refused)).QuerySelector("input[name='Input.Minutes']")?.GetAttribute("value")
        );
    }

    [Fact]
    public async Task Adopt_OfASuggestedTopic_AsksItsSpeakerToWriteIt()
    {
        var mc = (
            await site.Given.MicroconferenceAsync(
                "Suggesting",
                MicroconferenceStatus.Accepted,
                leads: ["Sue Lead"],
                topics: ["Only a title"],
                form: SessionForm.Full
            )
        ).Path;
        using var lead = await SignedInAsync("Sue Lead");
        using var speaker = await SignedInAsync("Sig Speaker");
        var page = $"{mc}/lead/topics/{await TopicAsync("Only a title", t => t.Id)}";

        using var unreached = await lead.SubmitAsync(
            page,
            new() { ["Input.Speaker.Name"] = "Nobody Known" },
            "Ask them to speak"
        );
        using var adopted = await lead.SubmitAsync(
            page,
            new() { ["Input.Speaker.Name"] = "Sig Speaker <sig-speaker>", ["Input.Changes"] = "Say how." },
            "Ask them to speak"
        );
        var own = $"{mc}/submit/{await TopicAsync("Only a title", t => t.Id)}";
        var asked = await speaker.ReadAsync(own);
        using var written = await speaker.SubmitAsync(asked, new() { ["Input.Problem"] = "Like this." }, "submit");
        using var history = await lead.GetAsync($"{own}/history");

        Assert.Contains(
            "no address of Nobody Known",
            (await Browsing.ParseAsync(unreached)).QuerySelector("[data-valmsg-for='Input.Speaker.Name']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Redirect, adopted.StatusCode);
        Assert.Contains("Say how.", asked.QuerySelector("main .note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            (TopicStatus.Accepted, "Like this."),
            await TopicAsync("Only a title", t => new ValueTuple<TopicStatus, string>(t.Status, t.Details.Source))
        );
        Assert.Contains("/speaking", Assert.Single(await LettersAsync("Sig Speaker")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, history.StatusCode);
        Assert.Contains("Sig Speaker", await site.Anonymous().GetStringAsync(mc, Stop), StringComparison.Ordinal);

        await speaker.SubmitAsync($"{own}/withdraw", [], "Withdraw this topic");
        Assert.Contains(
            await LettersAsync("Sue Lead"),
            l =>
                l.Text.Contains("Only a title", StringComparison.Ordinal)
                && l.Text.Contains("withdr", StringComparison.Ordinal)
        );
        await using var db = site.OpenDatabase();
        Assert.False(await db.People.AnyAsync(p => p.Name == "Nobody Known", Stop));
    }

    [Fact]
    public async Task Adopt_WithAMailAddress_InvitesByLetter()
    {
        var mc = (
            await site.Given.MicroconferenceAsync(
                "Inviting",
                MicroconferenceStatus.Accepted,
                leads: ["Ida Lead"],
                topics: ["For a guest"],
                form: SessionForm.Full
            )
        ).Path;
        using var lead = await SignedInAsync("Ida Lead");

        using var adopted = await lead.SubmitAsync(
            $"{mc}/lead/topics/{await TopicAsync("For a guest", t => t.Id)}",
            new() { ["Input.Speaker.Name"] = "Gus Guest", ["Input.Mail"] = "guest@example.org" },
            "Ask them to speak"
        );

        Assert.Equal(HttpStatusCode.Redirect, adopted.StatusCode);
        var email = Assert.Single(await LettersAsync("Gus Guest"));
        Assert.Equal(("guest@example.org", true), (email.ToAddress, email.IsSecret));
        await using var db = site.OpenDatabase();
        Assert.Equal(
            "For a guest",
            await db.Invitations.Where(i => i.Mail == "guest@example.org").Select(i => i.Topic!.Title).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Desk_OfALead_SaysWhatWaits()
    {
        var mc = await CallingAsync("Busy desk", "Bo Lead");
        using var lead = await SignedInAsync("Bo Lead");
        using var author = await SignedInAsync("Ann Author");
        await SubmitAsync(author, mc, "Waits here");

        var desk = (await lead.ReadAsync($"{mc}/lead")).QuerySelector("main")!.TextContent;

        Assert.Contains("1 waits for a decision, 0 in it", desk, StringComparison.Ordinal);
        Assert.Contains("none is held", desk, StringComparison.Ordinal);
    }

    private Instant Now => site.Clock.GetCurrentInstant();

    private async Task<string> CallingAsync(string title, string lead)
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            leads: [lead],
            form: SessionForm.Full
        );
        await using var db = site.OpenDatabase();
        if (!await db.Calls.AnyAsync(c => c.MicroconferenceId == mc.Id, Stop))
        {
            await site.Given.CallAsync(Now - Duration.FromDays(9), Now + Duration.FromDays(9), "Etc/GMT+12", mc);
        }

        await site.Given.AccountAsync(await site.Given.PersonAsync(lead));
        return mc.Path;
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private static async Task<string> SubmitAsync(Browsing author, string mc, string title)
    {
        using var sent = await author.SubmitAsync(
            $"{mc}/submit",
            new()
            {
                ["Input.Title"] = title,
                ["Input.Problem"] = "P.",
                ["Input.Minutes"] = "30",
            },
            "submit"
        );
        return sent.Headers.Location!.OriginalString;
    }

    private async Task<T> TopicAsync<T>(string title, System.Linq.Expressions.Expression<Func<Topic, T>> what)
    {
        await using var db = site.OpenDatabase();
        return await db.Topics.Where(t => t.Title == title).Select(what).SingleAsync(Stop);
    }

    private async Task<List<Email>> LettersAsync(string reader)
    {
        await using var db = site.OpenDatabase();
        return await db.Letters.Where(l => l.ToName == reader).OrderBy(l => l.Id).ToListAsync(Stop);
    }
}
