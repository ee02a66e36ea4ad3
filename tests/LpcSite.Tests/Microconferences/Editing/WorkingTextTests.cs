using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Microconferences.Editing;

/// <summary>What somebody typed and did not save: their own, kept once, and a sign to the others.</summary>
public sealed class WorkingTextTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Propose = "/2022/mc/propose/working";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OfFields_KeepsThemForTheirWriterAlone()
    {
        var rust = await site.Given.MicroconferenceAsync("Rust", leads: ["Lena", "Juri"]);
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena"));
        using var juri = await site.AsAsync(await site.Given.PersonAsync("Juri"));

        using var kept = await lena.KeepAsync(
            $"{rust.Path}/working",
            1,
            new() { ["Input.Description"] = ["Ünfinished\nbusiness"], ["Input.Tags"] = ["a", "b"] }
        );
        var hers = await ReadAsync(lena, $"{rust.Path}/working");
        using var his = await juri.GetAsync($"{rust.Path}/working");

        Assert.Equal(
            "2022-06-03T12:00:00Z",
            (await kept.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("keptAt").GetString()
        );
        Assert.Equal(
            "Ünfinished\nbusiness",
            hers.GetProperty("fields").GetProperty("Input.Description")[0].GetString()
        );
        Assert.Equal("b", hers.GetProperty("fields").GetProperty("Input.Tags")[1].GetString());
        Assert.Equal(1, hers.GetProperty("basedOn").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, his.StatusCode);
    }

    [Fact]
    public async Task Post_Again_ReplacesWhatWasKept()
    {
        using var ana = await WriterAsync("Ana Again");

        await PostAsync(ana, Propose, "first");
        await PostAsync(ana, Propose, "second");

        Assert.Equal(
            "second",
            (await ReadAsync(ana, Propose)).GetProperty("fields").GetProperty("Input.Title")[0].GetString()
        );
        Assert.Equal(1, await CountAsync("Ana Again"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Post_ManyAtOnce_AllSucceedAndLeaveOne(bool isNew)
    {
        var name = $"Paula {isNew}";
        var path = isNew
            ? Propose
            : $"{(await site.Given.MicroconferenceAsync($"Parallel {isNew}", leads: [name])).Path}/working";
        using var paula = await WriterAsync(name);
        var token = await paula.TokenAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => paula.SendAsync(HttpMethod.Post, path, token, Fields($"number {i}")))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, await CountAsync(name));
    }

    [Fact]
    public async Task Post_WithoutFields_TouchesTheSignOfLifeAndNotTheText()
    {
        using var hedi = await WriterAsync("Hedi Heartbeat");
        await PostAsync(hedi, Propose, "stays");
        var before = site.Clock.GetCurrentInstant();
        site.Clock.AdvanceSeconds(20);

        using var answer = await hedi.KeepAsync(Propose, 0, fields: null);

        await using var db = site.OpenDatabase();
        var kept = await db.WorkingTexts.SingleAsync(w => w.Person.Name == "Hedi Heartbeat", Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before, kept.KeptAt);
        Assert.Equal(before + Duration.FromSeconds(20), kept.SeenAt);
        Assert.Contains("stays", kept.Fields, StringComparison.Ordinal);
        site.Clock.AdvanceSeconds(-20);
    }

    [Fact]
    public async Task Post_WhileAnotherEdits_NamesHimUntilHisPresenceEnds()
    {
        var path = $"{(await site.Given.MicroconferenceAsync("Presence", leads: ["Lia", "Jan"])).Path}/working";
        using var lia = await WriterAsync("Lia");
        using var jan = await WriterAsync("Jan");

        using var alone = await lia.KeepAsync(path, 1, fields: null);
        using var together = await jan.KeepAsync(path, 1, fields: null);
        site.Clock.Advance(WorkingText.Presence);
        using var later = await jan.KeepAsync(path, 1, fields: null);
        site.Clock.Advance(-WorkingText.Presence);

        Assert.Empty(await OthersAsync(alone));
        Assert.Equal(["Lia"], await OthersAsync(together));
        Assert.Empty(await OthersAsync(later));
    }

    [Fact]
    public async Task Get_WhileAnotherEdits_NamesHimAndChangesNothing()
    {
        var path = $"{(await site.Given.MicroconferenceAsync("Reading", leads: ["Rita", "Rolf"])).Path}/working";
        using var rita = await WriterAsync("Rita");
        using var rolf = await WriterAsync("Rolf");
        await PostAsync(rita, path, "a");
        await PostAsync(rolf, path, "b");
        var before = await SeenAsync("Rolf");
        site.Clock.AdvanceSeconds(5);

        var read = await ReadAsync(rolf, path);
        site.Clock.AdvanceSeconds(-5);

        Assert.Equal("Rita", read.GetProperty("others")[0].GetString());
        Assert.Equal(before, await SeenAsync("Rolf"));
    }

    [Fact]
    public async Task Post_ToAProposal_NamesNobodyElseWhoProposes()
    {
        using var one = await WriterAsync("Proposer One");
        using var two = await WriterAsync("Proposer Two");
        await PostAsync(one, Propose, "a");

        using var answer = await two.KeepAsync(Propose, 0, fields: null);

        Assert.Empty(await OthersAsync(answer));
    }

    [Fact]
    public async Task Post_ByAnotherPerson_IsForbiddenWhereItIsPublicAndNotFoundWhereItIsNot()
    {
        var open = await site.Given.MicroconferenceAsync("Open", leads: ["Lena"]);
        var draft = await site.Given.MicroconferenceAsync("Draft", MicroconferenceStatus.Draft, leads: ["Lena"]);
        using var stranger = await WriterAsync("Stranger");

        using var forbidden = await stranger.KeepAsync($"{open.Path}/working", 1, fields: null);
        using var hidden = await stranger.KeepAsync($"{draft.Path}/working", 1, fields: null);

        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(0, await CountAsync("Stranger"));
    }

    [Fact]
    public async Task Post_ByAnOrganizer_IsKept()
    {
        var path = $"{(await site.Given.MicroconferenceAsync("Organized", leads: ["Lena"])).Path}/working";
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga"));

        using var answer = await organizer.KeepAsync(path, 1, fields: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task AnyVerb_ByNobodyOrWithoutProof_ChangesNothing()
    {
        using var tina = await WriterAsync("Tina");
        await PostAsync(tina, Propose, "stays");
        using var nobody = site.Browse();

        using var read = await nobody.GetAsync(Propose);
        using var written = await nobody.Client.PostAsync(Propose, Fields("a"), Stop);
        using var unproved = await tina.Client.PostAsync(Propose, Fields("a"), Stop);
        using var deleted = await tina.Client.DeleteAsync(Propose, Stop);
        using var discarded = await tina.Client.PostAsync($"{Propose}/discard", new FormUrlEncodedContent([]), Stop);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [read.StatusCode, written.StatusCode]);
        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            [unproved.StatusCode, deleted.StatusCode, discarded.StatusCode]
        );
        Assert.Equal(
            "stays",
            (await ReadAsync(tina, Propose)).GetProperty("fields").GetProperty("Input.Title")[0].GetString()
        );
    }

    [Fact]
    public async Task Delete_ForgetsOwnTextOnly()
    {
        using var dora = await WriterAsync("Dora");
        using var emil = await WriterAsync("Emil");
        await PostAsync(dora, Propose, "a");
        await PostAsync(emil, Propose, "b");

        using var answer = await dora.SendAsync(HttpMethod.Delete, Propose, await dora.TokenAsync());

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(0, await CountAsync("Dora"));
        Assert.Equal(1, await CountAsync("Emil"));
    }

    [Fact]
    public async Task Discard_AsAForm_ForgetsAndLeadsBack()
    {
        var rust = await site.Given.MicroconferenceAsync("Discarded", leads: ["Frida"]);
        using var frida = await WriterAsync("Frida");
        await PostAsync(frida, $"{rust.Path}/working", "a");
        var form = new FormUrlEncodedContent([new("__RequestVerificationToken", await frida.TokenAsync())]);

        using var answer = await frida.Client.PostAsync($"{rust.Path}/working/discard", form, Stop);
        var next = await frida.ReadAsync("/2022/mc");

        Assert.Equal($"{rust.Path}/edit", answer.Headers.Location?.OriginalString);
        Assert.Equal("Your unsaved text was thrown away.", next.QuerySelector(".said")?.TextContent);
        Assert.Equal(0, await CountAsync("Frida"));
    }

    [Fact]
    public async Task Post_OfMoreThanTheLimit_IsRefusedInASentence()
    {
        using var greta = await WriterAsync("Greta");

        using var answer = await greta.KeepAsync(
            Propose,
            0,
            new() { ["Input.Description"] = [new string('a', WorkingText.FieldsMaxLength)] }
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(
            "This is more text than can be kept unsaved. Save it.",
            await answer.Content.ReadAsStringAsync(Stop)
        );
        Assert.Equal(0, await CountAsync("Greta"));
    }

    [Fact]
    public async Task Post_OfAZeroCharacter_KeepsTheRest()
    {
        using var zora = await WriterAsync("Zora");

        await PostAsync(zora, Propose, "a\0b and \\u0000 as typed");

        Assert.Equal(
            "ab and \\u0000 as typed",
            (await ReadAsync(zora, Propose)).GetProperty("fields").GetProperty("Input.Title")[0].GetString()
        );
    }

    [Fact]
    public async Task Post_OfAnything_LeavesKeptPagesWhereTheyAre()
    {
        var path = $"{(await site.Given.MicroconferenceAsync("Cached", leads: ["Kira"])).Path}/working";
        using var kira = await WriterAsync("Kira");
        using var reader = site.Anonymous();
        await site.KeptAsync(reader, "/2022/mc");

        await PostAsync(kira, path, "a");
        site.Statements.Clear();
        (await reader.GetAsync("/2022/mc", Stop)).Dispose();

        Assert.Empty(site.Statements.Texts);
    }

    [Fact]
    public async Task Post_CostsTwoStatementsBesideTheSignIn()
    {
        var path = $"{(await site.Given.MicroconferenceAsync("Counted", leads: ["Nora"])).Path}/working";
        using var nora = await WriterAsync("Nora");
        var token = await nora.TokenAsync();

        // She has the form before her, whose frame is kept.
        await nora.ReadAsync("/2022/mc/counted/edit");
        site.Statements.Clear();

        using var answer = await nora.SendAsync(HttpMethod.Post, path, token, Fields("a"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            2,
            site.Statements.Texts.Count(text => !text.Contains("security_stamp", StringComparison.OrdinalIgnoreCase))
        );
    }

    private async Task<Browsing> WriterAsync(string name)
    {
        await site.Given.ConferenceAsync();
        return await site.AsAsync(await site.Given.PersonAsync(name));
    }

    private static JsonContent Fields(string title) =>
        JsonContent.Create(
            new { basedOn = 0, fields = new Dictionary<string, string[]> { ["Input.Title"] = [title] } }
        );

    private static async Task PostAsync(Browsing browsing, string path, string title)
    {
        using var answer = await browsing.SendAsync(HttpMethod.Post, path, await browsing.TokenAsync(), Fields(title));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonElement> ReadAsync(Browsing browsing, string path) =>
        await browsing.Client.GetFromJsonAsync<JsonElement>(path, Stop);

    private static async Task<string?[]> OthersAsync(HttpResponseMessage answer) =>
        [
            .. (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop))
                .GetProperty("others")
                .EnumerateArray()
                .Select(name => name.GetString()),
        ];

    private async Task<int> CountAsync(string name)
    {
        await using var db = site.OpenDatabase();
        return await db.WorkingTexts.CountAsync(w => w.Person.Name == name, Stop);
    }

    private async Task<Instant> SeenAsync(string name)
    {
        await using var db = site.OpenDatabase();
        return await db.WorkingTexts.Where(w => w.Person.Name == name).Select(w => w.SeenAt).SingleAsync(Stop);
    }
}
