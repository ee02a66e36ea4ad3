using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LpcSite.Microconferences;
using LpcSite.People.Merging;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Api;

/// <summary>
/// What somebody typed about a topic and did not save: apart from the microconference's own text, and gone once it is
/// saved.
/// </summary>
public sealed class TopicWorkingTextTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_ToEachFormOfOneMicroconference_KeepsThemApart()
    {
        var mc = await AcceptedAsync("Apart", "Lena Lead");
        using var lead = await SignedInAsync("Lena Lead");
        var topic = await DraftAsync(lead, mc, "Mine");
        string[] forms = [$"{mc}/working", $"{mc}/submit/working", $"{topic}/working", "/2022/mc/propose/working"];

        foreach (var form in forms)
        {
            await KeepAsync(lead, form, $"typed at {form}");
        }

        foreach (var form in forms)
        {
            Assert.Equal($"typed at {form}", await TextAsync(lead, form));
        }

        using var forgotten = await lead.SendAsync(HttpMethod.Delete, forms[1], await lead.TokenAsync());
        Assert.Equal(
            [$"typed at {forms[0]}", null, $"typed at {forms[2]}", $"typed at {forms[3]}"],
            await Task.WhenAll(forms.Select(form => TextAsync(lead, form)))
        );
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Post_ManyAtOnce_AllSucceedAndLeaveOne(bool isNew)
    {
        var mc = await AcceptedAsync($"Parallel {isNew}", "Lena Lead");
        var name = $"Paula {isNew}";
        using var paula = await SignedInAsync(name);
        var path = isNew ? $"{mc}/submit/working" : $"{await DraftAsync(paula, mc, "Hers")}/working";
        var token = await paula.TokenAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => paula.SendAsync(HttpMethod.Post, path, token, Fields($"number {i}")))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, await CountAsync(name));
    }

    [Fact]
    public async Task Save_OfANewTopicAndOfAnOldOne_ForgetsWhatWasTyped()
    {
        var mc = await AcceptedAsync("Saved", "Lena Lead");
        using var sava = await SignedInAsync("Sava Saves");
        await KeepAsync(sava, $"{mc}/submit/working", "new");

        var topic = await DraftAsync(sava, mc, "Kept");
        await KeepAsync(sava, $"{topic}/working", "old");
        using var refused = await sava.SubmitAsync(topic, new() { ["Input.Title"] = "" }, "save");
        var afterRefusal = await CountAsync("Sava Saves");
        using var saved = await sava.SubmitAsync(topic, [], "save");

        Assert.Equal((HttpStatusCode.BadRequest, 1), (refused.StatusCode, afterRefusal));
        Assert.Equal((HttpStatusCode.Redirect, 0), (saved.StatusCode, await CountAsync("Sava Saves")));
    }

    [Fact]
    public async Task Forms_NameWhereTheyAreKept()
    {
        var mc = await AcceptedAsync("Named", "Lena Lead");
        using var ann = await SignedInAsync("Ann Author");
        var topic = await DraftAsync(ann, mc, "Named");

        var (fresh, known) = (
            (await ann.ReadAsync($"{mc}/submit")).QuerySelector("form[data-working]")!,
            (await ann.ReadAsync(topic)).QuerySelector("form[data-working]")!
        );

        Assert.Equal(
            ($"{mc}/submit/working", "0", "false"),
            (fresh.GetAttribute("data-working"), fresh.GetAttribute("data-based-on"), fresh.GetAttribute("data-answer"))
        );
        Assert.Equal(
            ($"{topic}/working", "1"),
            (known.GetAttribute("data-working"), known.GetAttribute("data-based-on"))
        );
    }

    [Fact]
    public async Task Post_ToATopic_NamesItsOtherSpeakersAndNobodyWhoBeginsANewOne()
    {
        var mc = await AcceptedAsync("Company", "Lena Lead");
        using var una = await SignedInAsync("Una One");
        using var tom = await SignedInAsync("Tom Two");
        using var lead = await SignedInAsync("Lena Lead");
        var topic = await DraftAsync(una, mc, "Together", "Una One, Tom Two <tom-two>");
        await KeepAsync(lead, $"{mc}/working", "the lead writes the microconference");
        await KeepAsync(una, $"{mc}/submit/working", "a new one");
        await KeepAsync(una, $"{topic}/working", "ours");

        using var ours = await tom.KeepAsync($"{topic}/working", 1, fields: null);
        using var another = await tom.KeepAsync($"{mc}/submit/working", 0, fields: null);

        Assert.Equal(["Una One"], await OthersAsync(ours));
        Assert.Empty(await OthersAsync(another));
        Assert.Equal(
            ["Una One"],
            (await tom.Client.GetFromJsonAsync<JsonElement>($"{topic}/working", Stop))
                .GetProperty("others")
                .EnumerateArray()
                .Select(o => o.GetString())
        );
    }

    [Fact]
    public async Task AnyVerb_OfSomebodyElse_FindsNothing()
    {
        var mc = await AcceptedAsync("Strange", "Lena Lead");
        var draft = await site.Given.MicroconferenceAsync("Hidden", MicroconferenceStatus.Draft, leads: ["Lena Lead"]);
        using var ann = await SignedInAsync("Ann Author");
        using var lead = await SignedInAsync("Lena Lead");
        using var stranger = await SignedInAsync("Stan Stranger");
        var topic = await DraftAsync(ann, mc, "Private");
        await KeepAsync(ann, $"{topic}/working", "mine");

        foreach (
            var (reader, path) in new[]
            {
                (stranger, $"{topic}/working"),
                (lead, $"{topic}/working"),
                (stranger, $"{draft.Path}/submit/working"),
            }
        )
        {
            using var kept = await reader.KeepAsync(path, 0, fields: null);
            using var read = await reader.GetAsync(path);
            using var deleted = await reader.SendAsync(HttpMethod.Delete, path, await reader.TokenAsync());
            Assert.Equal(
                [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
                [kept.StatusCode, read.StatusCode, deleted.StatusCode]
            );
        }

        Assert.Equal("mine", await TextAsync(ann, $"{topic}/working"));
    }

    [Fact]
    public async Task Discard_AsAForm_LeadsBackToTheTopic()
    {
        var mc = await AcceptedAsync("Discarded", "Lena Lead");
        using var ann = await SignedInAsync("Dora Discards");
        var topic = await DraftAsync(ann, mc, "Away");
        await KeepAsync(ann, $"{topic}/working", "away");

        using var answer = await ann.Client.PostAsync(
            $"{topic}/working/discard",
            new FormUrlEncodedContent([new("__RequestVerificationToken", await ann.TokenAsync())]),
            Stop
        );

        Assert.Equal(topic, answer.Headers.Location?.OriginalString);
        Assert.Equal(0, await CountAsync("Dora Discards"));
    }

    [Fact]
    public async Task Merge_OfTwoSpellings_TakesUnsavedTextsAlong()
    {
        var mc = await AcceptedAsync("Merged texts", "Lena Lead");
        using var old = await SignedInAsync("Old Spelling");
        var topic = await DraftAsync(old, mc, "Spelled");
        await KeepAsync(old, $"{mc}/submit/working", "new");
        await KeepAsync(old, $"{topic}/working", "old");
        await site.Given.PersonAsync("New Spelling");

        await using var scope = site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<PersonMerge>()
            .MergeAsync("new-spelling", "old-spelling", "people merge", by: null, Stop);

        Assert.Equal(2, await CountAsync("New Spelling"));
    }

    private async Task<string> AcceptedAsync(string title, string lead) =>
        (
            await site.Given.MicroconferenceAsync(
                title,
                MicroconferenceStatus.Accepted,
                leads: [lead],
                form: SessionForm.Full
            )
        ).Path;

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private static async Task<string> DraftAsync(Browsing author, string mc, string title, string? speakers = null)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal)
        {
            ["Input.Title"] = title,
            ["Input.Problem"] = "P.",
        };
        foreach (
            var (name, row) in (speakers ?? "")
                .Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select((name, row) => (name, row))
        )
        {
            fields[$"Input.Speakers[{row}].Name"] = name;
        }

        using var begun = await author.SubmitAsync($"{mc}/submit", fields, "save");
        return begun.Headers.Location!.OriginalString;
    }

    private static JsonContent Fields(string title) =>
        JsonContent.Create(
            new { basedOn = 0, fields = new Dictionary<string, string[]> { ["Input.Title"] = [title] } }
        );

    private static async Task KeepAsync(Browsing browsing, string path, string title)
    {
        using var answer = await browsing.SendAsync(HttpMethod.Post, path, await browsing.TokenAsync(), Fields(title));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<string?> TextAsync(Browsing browsing, string path)
    {
        using var answer = await browsing.GetAsync(path);
        return answer.StatusCode is HttpStatusCode.NoContent
            ? null
            : (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop))
                .GetProperty("fields")
                .GetProperty("Input.Title")[0]
                .GetString();
    }

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
}
