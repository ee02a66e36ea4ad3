using System.Net;
using System.Text.RegularExpressions;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Tests.Decisions;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using LpcSite.Topics.Speakers;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Topics.Speakers;

/// <summary>Who is named as a speaker is asked, and their word counts: by letter, with an account or without.</summary>
public sealed partial class SpeakerInvitationsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_WithMailAddresses_InvitesOnceTheTopicHasComeIn()
    {
        var mc = await CallingAsync("Invites");
        using var author = await SignedInAsync("Ann Author");

        using var drafted = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("Two speak", ("Ann Author", ""), ("Sam Second", "sam@example.org")),
            "save"
        );
        var path = drafted.Headers.Location!.OriginalString;
        var asDraft = await LettersAsync("sam@example.org");
        using var submitted = await author.SubmitAsync(path, [], "submit");
        var said = (await author.ReadAsync(path)).QuerySelector(".said")?.TextContent;
        using var same = await author.SubmitAsync(
            path,
            new() { ["Input.Speakers[1].Mail"] = "sam@example.org" },
            "Save"
        );
        var first = await LinkAsync("sam@example.org");
        using var moved = await author.SubmitAsync(
            path,
            new() { ["Input.Speakers[1].Mail"] = "sam.second@example.org" },
            "Save"
        );

        Assert.Empty(asDraft);
        Assert.EndsWith("A letter is on its way to Sam Second.", said, StringComparison.Ordinal);
        Assert.Single(await LettersAsync("sam@example.org"));
        Assert.Single(await LettersAsync("sam.second@example.org"));
        Assert.Contains(
            "taken back",
            (await site.ReadAsync(first)).QuerySelector(".note")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "",
            (await author.ReadAsync(path)).QuerySelector("[name='Input.Speakers[1].Mail']")?.GetAttribute("value") ?? ""
        );
    }

    [Fact]
    public async Task Invite_ToADraft_IsForItsAuthorToAskFor()
    {
        var mc = await CallingAsync("Drafted");
        using var author = await SignedInAsync("Ann Author");

        using var kept = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("Only begun", ("Ann Author", ""), ("Dee Draft", "dee@example.org")),
            "invite"
        );
        using var dee = site.Browse();
        using var agreed = await dee.SubmitAsync(await LinkAsync("dee@example.org"), [], "InPerson");

        Assert.Equal(HttpStatusCode.Redirect, agreed.StatusCode);
        Assert.Contains(
            "would speak",
            (await author.ReadAsync(kept.Headers.Location!.OriginalString)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(TopicStatus.Draft, (await TopicAsync("Only begun")).Status);
    }

    [Fact]
    public async Task Rows_ChangedWithoutScript_KeepWhatWasTyped()
    {
        var mc = await CallingAsync("Rows");
        using var author = await SignedInAsync("Ann Author");
        var begun = await author.ReadAsync($"{mc}/submit");

        using var added = await author.SubmitAsync(begun, new() { ["Input.Title"] = "Typed" }, "add Speakers");
        var two = await Browsing.ParseAsync(added);
        using var moved = await author.SubmitAsync(
            two,
            new()
            {
                ["Input.Speakers[1].Name"] = "Bea",
                ["Input.Speakers[1].Attendance"] = "Remote",
                ["Input.Speakers[1].IsAlternative"] = "true",
            },
            "up Speakers 1"
        );
        var swapped = await Browsing.ParseAsync(moved);
        using var saved = await author.SubmitAsync(swapped, new() { ["Input.Problem"] = "P." }, "save");

        Assert.Equal("Typed", swapped.QuerySelector("[name='Input.Title']")?.GetAttribute("value"));
        Assert.Equal(
            ["Bea", "Ann Author"],
            (await TopicAsync("Typed")).Speakers.OrderBy(s => s.Position).Select(s => s.Person.Name)
        );
        Assert.Equal(
            (Attendance.Remote, true),
            (await TopicAsync("Typed"))
                .Speakers.Where(s => s.Person.Name == "Bea")
                .Select(s => (s.Attendance, s.IsAlternative))
                .Single()
        );
    }

    [Theory]
    [InlineData("Input.Speakers[0].Mail", "no address", "That is not a mail address.")]
    [InlineData("Input.Speakers[0].Name", "", "Say whose address that is.")]
    public async Task Save_OfARowThatCannotBe_SaysSoBesideIt(string field, string value, string sentence)
    {
        var mc = await CallingAsync("Wrong rows");
        using var author = await SignedInAsync("Ann Author");

        using var answer = await author.SubmitAsync(
            $"{mc}/submit",
            new(Topic("Rows", ("Ann Author", "ann@example.org"))) { [field] = value },
            "save"
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            sentence,
            (await Browsing.ParseAsync(answer)).QuerySelector($"[data-valmsg-for='{field}']")?.TextContent
        );
    }

    [Fact]
    public async Task Accept_AsSomebodyElse_TakesThePlaceOfTheNamedOne()
    {
        var mc = await CallingAsync("Spelled");
        using var author = await SignedInAsync("Ann Author");
        using var submitted = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("Misspelled", ("O. Ther", "other@example.org")),
            "submit"
        );
        using var other = await SignedInAsync("Otto Ther");

        using var accepted = await other.SubmitAsync(await LinkAsync("other@example.org"), [], "Remote");

        Assert.Equal("/my", accepted.Headers.Location?.OriginalString);
        var speaker = Assert.Single((await TopicAsync("Misspelled")).Speakers);
        Assert.Equal(("Otto Ther", Attendance.Remote), (speaker.Person.Name, speaker.Attendance));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(submitted.Headers.Location!.OriginalString)).StatusCode);
    }

    [Fact]
    public async Task Answer_ByTheLetterAlone_IsWhatTheLeadsSeeAndMayBeChanged()
    {
        var mc = await CallingAsync("By letter");
        using var lead = await SignedInAsync("Lena Lead");
        using var author = await SignedInAsync("Ann Author");
        using var submitted = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("Without account", ("Nora None", "nora@example.org")),
            "submit"
        );
        await Desk.DecideAsync(lead, mc, "Without account", "Accept");
        var link = await LinkAsync("nora@example.org");
        using var nora = site.Browse();
        var opened = await nora.ReadAsync(link);
        var untouched = (await TopicAsync("Without account")).Speakers.Single().HasAnswered;

        using var yes = await nora.SubmitAsync(opened, [], "InPerson");
        var roster = (await lead.ReadAsync($"{mc}/lead/roster"))
            .QuerySelector("tbody tr:has(a[href$='/nora-none'])")!
            .TextContent;
        using var no = await nora.SubmitAsync(link, [], "No");

        Assert.False(untouched);
        Assert.Equal(link, yes.Headers.Location?.OriginalString);
        Assert.Contains("confirmed", roster, StringComparison.Ordinal);
        Assert.Contains("yes, in person", roster, StringComparison.Ordinal);
        Assert.NotNull((await TopicAsync("Without account")).Speakers.Single().DeclinedAt);
        Assert.Contains(
            "Nora None does not speak",
            (await LettersAsync("lena-lead@example.org"))[^1].Subject,
            StringComparison.Ordinal
        );
        await using var db = site.OpenDatabase();
        Assert.False(await db.Users.AnyAsync(a => a.Person.Slug == "nora-none", Stop));
    }

    // Whoever has the letter is not the lead whom the submitter named.
    [Fact]
    public async Task Answer_ForSomebodyWithAnAccountElsewhere_IsNotHis()
    {
        var mc = await CallingAsync("Not his");
        await site.Given.AccountAsync(await site.Given.PersonAsync("Vic Known"));
        using var mal = await SignedInAsync("Mal Lory");
        using var submitted = await mal.SubmitAsync(
            $"{mc}/submit",
            Topic("Bait", ("Vic Known <vic-known>", "second@example.org")),
            "submit"
        );
        var link = await LinkAsync("second@example.org");
        using var second = site.Browse();
        var page = await second.ReadAsync(link);

        using var accepted = await second.SubmitAsync(page, [], "InPerson");
        using var declined = await second.SubmitAsync(page, [], "No");

        Assert.Null(page.QuerySelector("[name=Password]"));
        Assert.Contains("/account/sign-in", accepted.Headers.Location?.OriginalString, StringComparison.Ordinal);
        var vic = (await TopicAsync("Bait")).Speakers.Single();
        Assert.Equal(("Vic Known", false, Attendance.Unknown), (vic.Person.Name, vic.HasAnswered, vic.Attendance));
    }

    [Theory]
    [InlineData("Leads Elsewhere", false)]
    [InlineData("Speaks Elsewhere", false)]
    [InlineData("Asked Elsewhere", false)]
    [InlineData("Reviews Somewhere", false)]
    [InlineData("Quite New", true)]
    public async Task Claim_ByTheWordOfASubmitter_IsForThoseWithoutAnythingElse(string name, bool may)
    {
        var mc = await CallingAsync("Claims");
        await site.Given.MicroconferenceAsync(
            "Elsewhere",
            leads: ["Leads Elsewhere", "Otto Other"],
            topics: ["There"],
            speakers: ["Speaks Elsewhere"]
        );
        await site.Given.ReviewerAsync("Reviews Somewhere");
        using var otto = await SignedInAsync("Otto Other");
        using var asked = await otto.SubmitAsync(
            "/2022/mc/elsewhere/lead/people",
            new() { ["Input.Name"] = "Asked Elsewhere", ["Input.Mail"] = "asked@example.org" }
        );
        using var mal = await SignedInAsync("Mal Lory");
        var mail = $"{name.Replace(' ', '.').ToLowerInvariant()}@evil.example.org";
        using var submitted = await mal.SubmitAsync(
            $"{mc}/submit",
            Topic($"With {name}", (may ? name : $"{name} <{name.Replace(' ', '-').ToLowerInvariant()}>", mail)),
            "submit"
        );
        using var holder = site.Browse();
        var link = await LinkAsync(mail);

        var field = (await holder.ReadAsync(link)).QuerySelector("[name=Password]");
        using var answered = await holder.SubmitAsync(
            link,
            field is null ? [] : new() { ["Password"] = Given.Password },
            "InPerson"
        );

        Assert.Equal(may, field is not null);
        Assert.Equal(may ? "/my" : link, answered.Headers.Location?.OriginalString);
        await using var db = site.OpenDatabase();
        Assert.Equal(may, await db.Users.AnyAsync(a => a.Person.Name == name, Stop));
    }

    [Fact]
    public async Task Speaker_WhoIsNamedNoLonger_HasNothingToAnswer()
    {
        var mc = await CallingAsync("Removed");
        using var author = await SignedInAsync("Ann Author");
        using var submitted = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("Less", ("Ann Author", ""), ("Rae Removed", "rae@example.org")),
            "submit"
        );
        var link = await LinkAsync("rae@example.org");
        var page = await site.ReadAsync(link);

        using var without = await author.SubmitAsync(
            submitted.Headers.Location!.OriginalString,
            new() { ["Input.Speakers[1].Name"] = "", ["Input.Speakers[1].Mail"] = "" },
            "Save"
        );
        using var rae = site.Browse();

        Assert.NotNull(page.QuerySelector("main form"));
        Assert.Null((await rae.ReadAsync(link)).QuerySelector("main form"));
        Assert.Equal(["Ann Author"], (await TopicAsync("Less")).Speakers.Select(s => s.Person.Name));
    }

    [Fact]
    public async Task Answer_OfAnExpiredOrWithdrawnInvitation_IsRefused()
    {
        var mc = await CallingAsync("Too late");
        using var author = await SignedInAsync("Ann Author");
        using var submitted = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("Given up", ("Gus Late", "gus@example.org")),
            "submit"
        );
        var link = await LinkAsync("gus@example.org");
        using var gus = site.Browse();
        var page = await gus.ReadAsync(link);
        using var withdrawn = await author.SubmitAsync(
            $"{submitted.Headers.Location!.OriginalString}/withdraw",
            [],
            "Withdraw this topic"
        );

        using var refused = await gus.SubmitAsync(page, [], "InPerson");
        await using (var db = site.OpenDatabase())
        {
            await db
                .Invitations.Where(i => i.Mail == "gus@example.org")
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, site.Clock.GetCurrentInstant()), Stop);
        }

        using var expired = await gus.SubmitAsync(page, [], "InPerson");

        Assert.Contains(
            "is withdrawn, so that nobody speaks about it",
            (await Browsing.ParseAsync(refused)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (refused.StatusCode, expired.StatusCode));
        Assert.False((await TopicAsync("Given up")).Speakers.Single().HasAnswered);
    }

    [Fact]
    public async Task Confirm_OnMyPage_IsTheNextStepOfAnAcceptedTopic()
    {
        var mc = await CallingAsync("Confirmed");
        using var lead = await SignedInAsync("Lena Lead");
        using var author = await SignedInAsync("Cora Confirms");
        using var stranger = await SignedInAsync("Stan Stranger");
        using var submitted = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("To confirm", ("Cora Confirms", "")),
            "submit"
        );
        var path = $"/my/topics/{(await TopicAsync("To confirm")).Id}/speaking";
        var before = await author.ReadAsync(path);
        using var early = await PostAsync(author, path, new() { ["answer"] = "InPerson" });
        await Desk.DecideAsync(lead, mc, "To confirm", "Accept");
        var step = (await author.ReadAsync("/my")).QuerySelector($"a[href='{path}']")!.TextContent;

        using var none = await PostAsync(author, path, new() { ["answer"] = "perhaps" });
        using var yes = await author.SubmitAsync(path, [], "Yes, remotely");
        var told = await LettersAsync("lena-lead@example.org", "Cora Confirms does not speak: To confirm");
        using var no = await author.SubmitAsync(path, [], "No");

        Assert.Null(before.QuerySelector("main form"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (early.StatusCode, none.StatusCode));
        Assert.Equal("Confirm that you speak: To confirm", step);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        Assert.Empty(told);
        Assert.Single(await LettersAsync("lena-lead@example.org", "Cora Confirms does not speak: To confirm"));
        Assert.Contains(
            "says no",
            (await lead.ReadAsync($"{mc}/lead/topics")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "you do not speak",
            (await author.ReadAsync("/my")).QuerySelector($"a[href='{path}']")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ask_ByTheLeads_WritesToWhoeverCanBeReachedAndHasNotAnswered()
    {
        var mc = await CallingAsync("Asked");
        using var lead = await SignedInAsync("Lena Lead");
        using var author = await SignedInAsync("Ann Author");
        using var submitted = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("Who speaks", ("Ann Author", ""), ("Max Mailed", "max@example.org"), ("Una Unknown", "")),
            "submit"
        );
        await Desk.DecideAsync(lead, mc, "Who speaks", "Accept");

        site.Clock.Advance(SpeakerInvitations.Patience + Duration.FromMinutes(1));
        var roster = await lead.ReadAsync($"{mc}/lead/roster");
        var asked = await Task.WhenAll(
            lead.SubmitAsync(roster, [], "Ask them by letter"),
            lead.SubmitAsync(roster, [], "Ask them by letter")
        );
        var said = (await lead.ReadAsync($"{mc}/lead/roster")).QuerySelector(".said")?.TextContent;
        using var ann = await author.SubmitAsync(await LinkAsync("ann-author@example.org"), [], "Yes, in person");

        Assert.All(asked, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.NotNull(said);
        await using var db = site.OpenDatabase();
        var topic = await TopicAsync("Who speaks");
        Assert.Equal(2, await db.Invitations.CountAsync(i => i.TopicId == topic.Id && i.WithdrawnAt == null, Stop));
        Assert.Single(await LettersAsync("ann-author@example.org", "Speak about Who speaks?"));
        Assert.NotNull(topic.Speakers.Single(s => s.Person.Name == "Ann Author").ConfirmedAt);
        using var again = await lead.SubmitAsync($"{mc}/lead/roster", [], "Ask them by letter");
        Assert.Equal(
            "Nobody is left to ask now. There is no address for Una Unknown.",
            (await lead.ReadAsync($"{mc}/lead/roster")).QuerySelector(".said")?.TextContent
        );
    }

    [Fact]
    public async Task Answer_InAnArchivedConference_IsRefused()
    {
        var mc = await CallingAsync("Over", "past");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var author = await SignedInAsync("Ann Author");
        using var submitted = await author.SubmitAsync(
            $"{mc}/submit",
            Topic("Long ago", ("Pia Past", "pia@example.org"), ("Ann Author", "")),
            "submit"
        );
        await Desk.DecideAsync(olga, mc, "Long ago", "Accept");
        await olga.SubmitAsync($"{mc}/lead/call", [], "Close it now");
        using var archived = await olga.SubmitAsync("/past/organize/visibility", new(), "Archive this conference");
        Assert.Equal(HttpStatusCode.Redirect, archived.StatusCode);
        using var pia = site.Browse();

        using var byLetter = await pia.SubmitAsync(await LinkAsync("pia@example.org"), [], "InPerson");
        using var refused = await pia.SubmitAsync(await LinkAsync("pia@example.org"), [], "No");
        using var onMy = await author.SubmitAsync(
            $"/my/topics/{(await TopicAsync("Long ago")).Id}/speaking",
            [],
            "Yes, in person"
        );

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            [byLetter.StatusCode, refused.StatusCode, onMy.StatusCode]
        );
        Assert.DoesNotContain((await TopicAsync("Long ago")).Speakers, s => s.HasAnswered);
    }

    [Fact]
    public async Task Invitations_OfOneDay_AreNoMoreThanSomebodyHasSpeakers()
    {
        var mc = await CallingAsync("Many");
        using var author = await SignedInAsync("Spam Mer");
        for (var i = 0; i < 3; i++)
        {
            using var sent = await author.SubmitAsync(
                $"{mc}/submit",
                Topic(
                    $"Spam {i}",
                    [.. Enumerable.Range(0, 12).Select(n => ($"Victim {i} {n}", $"v{i}-{n}@spam.example.org"))]
                ),
                "submit"
            );
        }

        await using var db = site.OpenDatabase();
        Assert.Equal(
            SpeakerInvitations.InvitationsADay,
            await db.Letters.CountAsync(l => l.ToAddress.EndsWith("@spam.example.org"), Stop)
        );
        Assert.Equal(6, (await TopicAsync("Spam 2")).Speakers.Count(s => s.InviteAt is not null));
    }

    private Instant Now => site.Clock.GetCurrentInstant();

    private static Dictionary<string, string> Topic(string title, params (string Name, string Mail)[] speakers) =>
        new(
            speakers
                .SelectMany(
                    (s, i) =>
                        new[]
                        {
                            KeyValuePair.Create($"Input.Speakers[{i}].Name", s.Name),
                            KeyValuePair.Create($"Input.Speakers[{i}].Mail", s.Mail),
                        }
                )
                .Append(KeyValuePair.Create("Input.Title", title))
                .Append(KeyValuePair.Create("Input.Problem", "They **move**.")),
            StringComparer.Ordinal
        );

    private async Task<string> CallingAsync(string title, string conference = "2022")
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            conference,
            leads: ["Lena Lead"],
            form: SessionForm.Full
        );
        await using var db = site.OpenDatabase();
        if (!await db.Calls.AnyAsync(c => c.MicroconferenceId == mc.Id, Stop))
        {
            await site.Given.CallAsync(
                Now - Duration.FromDays(9),
                Now + Duration.FromDays(90),
                "Etc/GMT+12",
                mc,
                conference
            );
        }

        return (await db.Microconferences.Include(m => m.Conference).SingleAsync(m => m.Id == mc.Id, Stop)).Path;
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<Topic> TopicAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Topics.Include(t => t.Speakers)
                .ThenInclude(s => s.Person)
            .SingleAsync(t => t.Title == title, Stop);
    }

    private async Task<List<Email>> LettersAsync(string mail, string? subject = null)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Letters.Where(l => l.ToAddress == mail && (subject == null || l.Subject == subject))
            .OrderBy(l => l.Id)
            .ToListAsync(Stop);
    }

    private async Task<string> LinkAsync(string mail)
    {
        await using var db = site.OpenDatabase();
        return new Uri(
            Address()
                .Match(
                    await db
                        .Letters.Where(l => l.ToAddress == mail && l.Text.Contains("/account/invitation/"))
                        .OrderByDescending(l => l.Id)
                        .Select(l => l.Text)
                        .FirstAsync(Stop)
                )
                .Value
        ).PathAndQuery;
    }

    // As somebody sends it who does not keep to the form that is shown.
    private static async Task<HttpResponseMessage> PostAsync(
        Browsing browsing,
        string path,
        Dictionary<string, string> fields
    )
    {
        const string Token = "__RequestVerificationToken";
        var token = (await browsing.ReadAsync("/account/sign-out"))
            .QuerySelector($"input[name={Token}]")!
            .GetAttribute("value")!;
        return await browsing.Client.PostAsync(path, new FormUrlEncodedContent([.. fields, new(Token, token)]));
    }

    [GeneratedRegex(
        @"http://localhost\S+/account/invitation/\S+|http://localhost/account/invitation/\S+",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Address();
}
