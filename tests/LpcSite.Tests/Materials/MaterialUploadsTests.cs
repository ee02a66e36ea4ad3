using System.Net;
using LpcSite.Accounts.Privacy;
using LpcSite.Materials;
using LpcSite.People;
using LpcSite.People.Merging;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Materials;

/// <summary>
/// Slides, links and recordings as speakers and leads bring them, take them away and bring them back, and what others
/// see of it.
/// </summary>
public sealed class MaterialUploadsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slides_OfAnAcceptedTopic_StandOnItsPagesAndInTheirTwins()
    {
        var place = await site.TopicAsync("Shown", "Pinned pages", "Ann Author");
        using var author = await SignedInAsync("Ann Author");
        using var lead = await SignedInAsync("Lena Lead");
        Assert.Contains(
            "Upload slides: Pinned pages",
            (await author.ReadAsync("/my")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Pinned pages",
            (await lead.ReadAsync($"{place.Microconference.Path}/lead/slides"))
                .QuerySelector("form")!
                .ParentElement!.TextContent,
            StringComparison.Ordinal
        );

        var address = await author.BringOneAsync(place, SomeSlides.Pdf(2_411_724), "Pinned pages (final).pdf");

        Assert.Matches("^/materials/[0-9]+/Pinned%20pages%20final\\.pdf$", address);
        foreach (var page in new[] { place.Microconference.Path, "/2022/mc", (await RedirectedAsync(place.Public))! })
        {
            var link = (await site.ReadAsync(page)).QuerySelector($"main a[href='{address}']");
            Assert.Equal(("Slides, PDF, 2.2 MB", "application/pdf"), (link?.TextContent, link?.GetAttribute("type")));
        }

        foreach (var twin in new[] { ".md", ".txt", ".json" })
        {
            Assert.Contains(
                "http://localhost" + address,
                await site.Anonymous().GetStringAsync(place.Microconference.Path + twin, Stop),
                StringComparison.Ordinal
            );
        }

        Assert.Contains(
            "workFeatured",
            (await site.ReadAsync(place.Microconference.Path))
                .QuerySelector("script[type='application/ld+json']")!
                .TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Upload slides: Pinned pages",
            (await author.ReadAsync("/my")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "version 1",
            (await lead.ReadAsync($"{place.Microconference.Path}/lead/slides"))
                .QuerySelector("main .index")!
                .TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "brought slides",
            (await lead.ReadAsync($"{place.Microconference.Path}/lead/record")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Versions_OfSlides_AreTheSpeakersAndTheNewestIsEverybodys()
    {
        var place = await site.TopicAsync("Versions", "In two versions", "Ann Author");
        using var author = await SignedInAsync("Ann Author");
        var first = await author.BringOneAsync(place, SomeSlides.Pdf(seed: 1));
        var second = await author.BringOneAsync(place, SomeSlides.Pdf(seed: 2));

        Assert.Equal((404, 200), (await StatusAsync(site.Browse(), first), await StatusAsync(site.Browse(), second)));
        using (var removed = await author.SubmitAsync(place.Path, [], "Remove: version 2"))
        {
            Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        }

        Assert.Equal(
            (404, 404, 200),
            (
                await StatusAsync(site.Browse(), first),
                await StatusAsync(site.Browse(), second),
                await StatusAsync(author, second)
            )
        );
        Assert.DoesNotContain(
            "Slides, PDF",
            await site.Anonymous().GetStringAsync(place.Microconference.Path, Stop),
            StringComparison.Ordinal
        );
        await author.SubmitAsync(place.Path, [], "Bring back: version 2");
        Assert.Equal((404, 200), (await StatusAsync(site.Browse(), first), await StatusAsync(site.Browse(), second)));
        await author.SubmitAsync(place.Path, [], "Show this one: version 1");
        Assert.Equal((200, 404), (await StatusAsync(site.Browse(), first), await StatusAsync(site.Browse(), second)));
        await using var db = site.OpenDatabase();
        Assert.Equal(
            [1, 2],
            await db
                .Materials.Where(m => m.TopicId == place.Topic)
                .OrderBy(m => m.Number)
                .Select(m => m.Number)
                .ToListAsync(Stop)
        );
    }

    [Theory]
    [InlineData(TopicStatus.Draft, "200 404 404 404 404 404")]
    [InlineData(TopicStatus.Submitted, "200 200 404 404 200 404")]
    [InlineData(TopicStatus.Accepted, "200 200 404 404 200 404")]
    public async Task OlderSlides_AndThoseOfATopicThatIsNotPublic_AreForWhoseTopicItIs(
        TopicStatus status,
        string answers
    )
    {
        var place = await site.TopicAsync($"Readers {status}", "Secret", "Ann Author", status);
        await site.TopicAsync("Another one", "Other", "Otto Other", lead: "Lotte Lead");
        using var author = await SignedInAsync("Ann Author");
        var older = await author.BringOneAsync(place, SomeSlides.Pdf(seed: 1));
        var newest = await author.BringOneAsync(place, SomeSlides.Pdf(seed: 2));
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        Browsing[] readers =
        [
            author,
            await SignedInAsync("Lena Lead"),
            await SignedInAsync("Lotte Lead"),
            await SignedInAsync("Otto Other"),
            organizer,
            site.Browse(),
        ];

        Assert.Equal(answers, string.Join(' ', await Task.WhenAll(readers.Select(r => StatusAsync(r, older)))));
        Assert.Equal(
            status is TopicStatus.Accepted ? "200 200 200 200 200 200" : answers,
            string.Join(' ', await Task.WhenAll(readers.Select(r => StatusAsync(r, newest))))
        );
        Assert.Equal(
            answers[..^4],
            string.Join(' ', await Task.WhenAll(readers[..^1].Select(r => StatusAsync(r, place.Path))))
        );
    }

    [Fact]
    public async Task Slides_OfAConferenceInPreparationOrADraft_AreNotForThePublic()
    {
        var place = await site.TopicAsync("Hidden", "Early", "Ann Author", conference: "hidden");
        using var author = await SignedInAsync("Ann Author");
        var address = await author.BringOneAsync(place, SomeSlides.Pdf());
        Assert.Equal(200, await StatusAsync(site.Browse(), address));
        await using var db = site.OpenDatabase();
        await db
            .Conferences.Where(c => c.Slug == "hidden")
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.State, LpcSite.Conferences.ConferenceState.Preparing),
                Stop
            );

        Assert.Equal((404, 404), (await StatusAsync(site.Browse(), address), await StatusAsync(author, address)));
        await db
            .Conferences.Where(c => c.Slug == "hidden")
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, LpcSite.Conferences.ConferenceState.Public), Stop);
        await db
            .Microconferences.Where(m => m.Id == place.Microconference.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.Status, LpcSite.Microconferences.MicroconferenceStatus.Declined)
                        .SetProperty(m => m.Form, (LpcSite.Microconferences.SessionForm?)null),
                Stop
            );
        Assert.Equal(404, await StatusAsync(site.Browse(), address));
    }

    [Fact]
    public async Task LinksAndRecording_OfATopic_StandOnThePage()
    {
        var place = await site.TopicAsync("Linked", "With links", "Ann Author");
        using var author = await SignedInAsync("Ann Author");
        await author.SubmitAsync(
            place.Path,
            new() { ["Input.Title"] = "The <patches>", ["Input.Url"] = "https://lore.kernel.org/r/1" },
            "Add the link"
        );
        await author.SubmitAsync(
            place.Path,
            new() { ["Input.Recording"] = "https://youtu.be/abc", ["Input.StartsAt"] = "1:02:03" },
            "Set the recording"
        );
        await author.SubmitAsync(
            place.Path,
            new() { ["Input.Recording"] = "https://youtu.be/abc", ["Input.StartsAt"] = "1:02:04" },
            "Set the recording"
        );

        using var again = await author.SubmitAsync(
            place.Path,
            new() { ["Input.Title"] = "The <patches>", ["Input.Url"] = "https://lore.kernel.org/r/1" },
            "Add the link"
        );

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        var links = (await site.ReadAsync(place.Microconference.Path))
            .QuerySelectorAll("main .links a")
            .Select(a => (a.TextContent, a.GetAttribute("href")))
            .ToList();
        Assert.Equal(
            [
                ("The <patches>", "https://lore.kernel.org/r/1"),
                ("Recording, from 1:02:04", "https://youtu.be/abc?t=3724s"),
            ],
            links
        );
        Assert.Contains(
            "recordedIn",
            (await site.ReadAsync(place.Microconference.Path))
                .QuerySelector("script[type='application/ld+json']")!
                .TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Add the link", "Input.Title", "", "Input.Url", "https://example.org", "Input.Title")]
    [InlineData("Add the link", "Input.Title", "T", "Input.Url", "javascript:alert(1)", "Input.Url")]
    [InlineData("Add the link", "Input.Title", "T", "Input.Url", "http://example.org", "Input.Url")]
    [InlineData("Set the recording", "Input.Recording", "ftp://example.org/", "Input.StartsAt", "1", "Input.Recording")]
    [InlineData(
        "Set the recording",
        "Input.Recording",
        "https://example.org/",
        "Input.StartsAt",
        "soon",
        "Input.StartsAt"
    )]
    public async Task Bring_OfWhatCannotBe_SaysSoBesideTheFieldAndKeepsTheRest(
        string button,
        string one,
        string first,
        string other,
        string second,
        string field
    )
    {
        var place = await site.TopicAsync("Fields", "Bad fields", "Ann Author");
        using var author = await SignedInAsync("Ann Author");

        using var answer = await author.SubmitAsync(
            place.Path,
            new(StringComparer.Ordinal) { [one] = first, [other] = second },
            button
        );
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEqual("", page.QuerySelector($"[data-valmsg-for='{field}']")?.TextContent ?? "");
        Assert.Equal(
            (first, second),
            (
                page.QuerySelector($"[name='{one}']")?.GetAttribute("value") ?? "",
                page.QuerySelector($"[name='{other}']")?.GetAttribute("value") ?? ""
            )
        );
    }

    [Theory]
    [InlineData("evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("evil.pdf", "<!doctype html><script>alert(1)</script>")]
    [InlineData("both.pdf", "<html>%PDF-1.7<script>alert(1)</script>")]
    public async Task Upload_OfWhatWouldRun_IsRefusedBesideTheField(string name, string content)
    {
        var place = await site.TopicAsync("Hostile", $"Hostile {name}", "Ann Author");
        using var author = await SignedInAsync("Ann Author");

        using var answer = await author.BringAsync(place, System.Text.Encoding.UTF8.GetBytes(content), name);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(
            "Slides are a PDF",
            (await Browsing.ParseAsync(answer)).QuerySelector("[data-valmsg-for='Slides']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(await author.BroughtAsync(place));
    }

    [Theory]
    [InlineData("../../etc/passwd", "/passwd.pdf", "filename=passwd.pdf; filename*=UTF-8''passwd.pdf")]
    [InlineData("a\u0001b\u202Efdp.exe", "/abfdp-exe.pdf", "filename=abfdp-exe.pdf; filename*=UTF-8''abfdp-exe.pdf")]
    [InlineData("żółw'.pdf", "/%C5%BC%C3%B3%C5%82w.pdf", "filename=zolw.pdf; filename*=UTF-8''%C5%BC%C3%B3%C5%82w.pdf")]
    public async Task Upload_UnderAHostileName_GetsAHarmlessOne(string name, string address, string disposition)
    {
        var place = await site.TopicAsync("Names", $"Named {address}", "Ann Author");
        using var author = await SignedInAsync("Ann Author");

        var brought = await author.BringOneAsync(place, SomeSlides.Pdf(), name);
        using var file = await author.GetAsync(brought);

        Assert.EndsWith(address, brought, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        var sent = Assert.Single(file.Content.Headers.GetValues("Content-Disposition"));
        Assert.StartsWith("inline; filename=", sent, StringComparison.Ordinal);
        Assert.EndsWith(
            disposition[disposition.IndexOf("filename*", StringComparison.Ordinal)..],
            sent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(sent, c => c is < ' ' or > '~');
    }

    [Theory]
    [InlineData(LpcSite.Materials.Material.MaxBytes + 1, "Slides", "A file has at most 32 MB")]
    [InlineData(
        LpcSite.Materials.Material.MaxBytes + 9 * 1024 * 1024,
        null,
        "What you sent is larger than slides may be"
    )]
    public async Task Upload_OfTooMuch_EndsInASentence(int length, string? field, string sentence)
    {
        var place = await site.TopicAsync("Too large", $"Too large {length}", "Ann Author");
        using var author = await SignedInAsync("Ann Author");

        using var answer = await author.BringAsync(place, SomeSlides.Pdf(length));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var page = await Browsing.ParseAsync(answer);
        Assert.Contains(
            sentence,
            page.QuerySelector(field is null ? "main" : $"[data-valmsg-for='{field}']")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Upload_ThatBreaksOff_OrIsNoForm_IsRefused()
    {
        var place = await site.TopicAsync("Broken off", "Broken off", "Ann Author");
        using var author = await SignedInAsync("Ann Author");
        foreach (var type in new[] { "multipart/form-data; boundary=sep", "application/pdf" })
        {
            using var content = new ByteArrayContent([
                .. "--sep\r\nContent-Disposition: form-data; name=\"Slides\"; filename=\"a.pdf\"\r\n"u8,
                .. "\r\n%PDF-1.7"u8,
            ]);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await author.Client.PostAsync(place.Path, content, Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Empty(await author.BroughtAsync(place));
    }

    [Fact]
    public async Task Upload_OfTheSameSlidesAgain_IsTold()
    {
        var place = await site.TopicAsync("Twice", "Twice", "Ann Author");
        using var author = await SignedInAsync("Ann Author");
        await author.BringOneAsync(place, SomeSlides.Pdf());

        using var again = await author.BringAsync(place, SomeSlides.Pdf());

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains(
            "there already",
            (await Browsing.ParseAsync(again)).QuerySelector("[data-valmsg-for='Slides']")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Upload_OfEightAtOnce_GivesEightVersionsAndOneIsCurrent()
    {
        var place = await site.TopicAsync("Race", "Race", "Ann Author");
        using var author = await SignedInAsync("Ann Author");
        await author.ReadAsync(place.Path);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => author.BringAsync(place, SomeSlides.Pdf(600_000, seed: i)))
        );

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        await using var db = site.OpenDatabase();
        var versions = await db.Materials.Where(m => m.TopicId == place.Topic).OrderBy(m => m.Number).ToListAsync(Stop);
        Assert.Equal(Enumerable.Range(1, 8), versions.Select(m => m.Number));
        Assert.Equal(8, Assert.Single(versions, m => m.IsCurrent).Number);
        Assert.Equal(
            8 * 3,
            await db.MaterialChunks.CountAsync(
                c => db.Materials.Any(m => m.Id == c.MaterialId && m.TopicId == place.Topic),
                Stop
            )
        );
    }

    [Fact]
    public async Task Upload_BeyondWhatATopicHolds_OrToOneThatIsOver_IsRefused()
    {
        var place = await site.TopicAsync("Full", "Full", "Ann Author");
        await using var db = site.OpenDatabase();
        var by = await db.People.SingleAsync(p => p.Id == place.Speaker.Id, Stop);
        db.AddRange(
            Enumerable
                .Range(1, Material.MaxOfTopic)
                .Select(i =>
                    Material.OfLink(
                        place.Topic,
                        i,
                        $"Link {i}",
                        "https://example.org",
                        by,
                        site.Clock.GetCurrentInstant()
                    )
                )
        );
        await db.SaveChangesAsync(Stop);
        using var author = await SignedInAsync("Ann Author");

        using var full = await author.BringAsync(place, SomeSlides.Pdf());
        var page = await author.ReadAsync(place.Path);
        await author.SubmitAsync(
            $"{place.Microconference.Path}/submit/{place.Topic}/withdraw",
            [],
            "Withdraw this topic"
        );
        using var over = await author.SubmitAsync(
            page,
            new() { ["Input.Title"] = "T", ["Input.Url"] = "https://example.org/" },
            "Add the link"
        );

        Assert.Contains(
            "at most 40 materials",
            (await Browsing.ParseAsync(full)).QuerySelector("[data-valmsg-for='Slides']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "takes no materials any more",
            await over.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Null((await author.ReadAsync(place.Path)).QuerySelector("main form"));
    }

    [Fact]
    public async Task Recording_OfTheWholeMicroconference_IsSetInOneForm()
    {
        var (one, two) = (
            await site.TopicAsync("Recorded", "First", "Ann Author"),
            await site.TopicAsync("Recorded", "Second", "Otto Other")
        );
        var third = await site.TopicAsync("Recorded", "Third", "Otto Other");
        var page = $"{one.Microconference.Path}/lead/recording";
        using var lead = await SignedInAsync("Lena Lead");
        using var wrong = await lead.SubmitAsync(
            page,
            new() { ["Video"] = "https://youtu.be/x", [$"Times[{one.Topic}]"] = "late" }
        );
        using var none = await lead.SubmitAsync(
            page,
            new() { ["Video"] = "https://youtu.be/x", [$"Times[{one.Topic}]"] = "" }
        );

        await lead.SubmitAsync(
            page,
            new()
            {
                ["Video"] = "https://youtu.be/x",
                [$"Times[{one.Topic}]"] = "0:00",
                [$"Times[{two.Topic}]"] = "1:02:03",
            }
        );
        await lead.SubmitAsync(
            third.Path,
            new() { ["Input.Recording"] = "https://video.example.org/own" },
            "Set the recording"
        );
        await lead.SubmitAsync(page, new() { ["Video"] = "https://youtu.be/y", [$"Times[{two.Topic}]"] = "" });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (wrong.StatusCode, none.StatusCode));
        var invalid = await Browsing.ParseAsync(wrong);
        Assert.Contains(
            "such as 1:02:03",
            invalid.QuerySelector($"[data-valmsg-for='Times[{one.Topic}]']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("late", invalid.QuerySelector($"[name='Times[{one.Topic}]']")?.GetAttribute("value"));
        await using var db = site.OpenDatabase();
        var all = await db
            .Materials.Where(m =>
                m.Kind == MaterialKind.Recording
                && (m.TopicId == one.Topic || m.TopicId == two.Topic || m.TopicId == third.Topic)
            )
            .OrderBy(m => m.Id)
            .ToListAsync(Stop);
        Assert.Equal(
            [(third.Topic, "https://video.example.org/own", 0), (one.Topic, "https://youtu.be/y", 0)],
            all.Where(m => m.IsCurrent).Select(m => (m.TopicId, m.Url!, m.StartOffset!.Value))
        );
        Assert.Equal((4, 1), (all.Count, all.Count(m => m.RemovedAt != null)));
        Assert.Equal(
            "https://youtu.be/y",
            (await lead.ReadAsync(page)).QuerySelector("[name=Video]")?.GetAttribute("value")
        );
    }

    [Fact]
    public async Task Pages_WithOneAndWith30_AskTheSameNumberOfStatements()
    {
        var (few, many) = (
            await site.TopicAsync("Few", "Few", "Ann Author"),
            await site.TopicAsync("Many", "Many", "Ann Author")
        );
        for (var i = 0; i < 9; i++)
        {
            await site.TopicAsync("Many", $"Many {i}", i % 2 == 0 ? "Otto Other" : "Ann Author");
        }

        await using var db = site.OpenDatabase();
        var topics = await db
            .Topics.Where(t => t.MicroconferenceId == many.Microconference.Id)
            .Select(t => t.Id)
            .ToListAsync(Stop);
        var by = await db.People.SingleAsync(p => p.Id == few.Speaker.Id, Stop);
        db.Add(Material.OfLink(few.Topic, 1, "Link", "https://example.org", by, site.Clock.GetCurrentInstant()));
        db.AddRange(
            topics.SelectMany(
                t => Enumerable.Range(1, 30),
                (t, i) => Material.OfLink(t, i, $"Link {i}", "https://example.org", by, site.Clock.GetCurrentInstant())
            )
        );
        await db.SaveChangesAsync(Stop);
        using var lead = await SignedInAsync("Lena Lead");
        foreach (var page in new[] { "/lead/slides", "/lead/recording", "" })
        {
            Assert.Equal(
                await StatementsAsync(lead, few.Microconference.Path + page),
                await StatementsAsync(lead, many.Microconference.Path + page)
            );
        }

        Assert.Equal(await StatementsAsync(lead, few.Path), await StatementsAsync(lead, many.Path));
    }

    [Fact]
    public async Task ArchivedConference_ShowsItsSlidesAndTakesNoMore()
    {
        var place = await site.TopicAsync("Over", "Over", "Ann Author", conference: "over");
        using var author = await SignedInAsync("Ann Author");
        var address = await author.BringOneAsync(place, SomeSlides.Pdf());
        var page = await author.ReadAsync(place.Path);
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await olga.SubmitAsync("/over/organize/visibility", new(), "Archive this conference");

        using var late = await author.SubmitAsync(page, [], "Remove: version 1");

        Assert.Equal((HttpStatusCode.Conflict, 200), (late.StatusCode, await StatusAsync(site.Browse(), address)));
        Assert.Null((await author.ReadAsync(place.Path)).QuerySelector("main form"));
    }

    [Fact]
    public async Task Person_WhoBroughtThem_IsMergedExportedAndForgottenWithoutThem()
    {
        var place = await site.TopicAsync("People", "Of a person", "Gina Gone");
        using (var gina = await SignedInAsync("Gina Gone"))
        {
            await gina.BringOneAsync(place, SomeSlides.Pdf(), "ginas talk.pdf");
            Assert.Contains(
                "ginas talk.pdf",
                await (await gina.GetAsync("/account/export?handler=File")).Content.ReadAsStringAsync(Stop),
                StringComparison.Ordinal
            );
        }

        await site.Given.PersonAsync("Kay Kept");
        await using (var scope = site.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<PersonMerge>()
                .MergeAsync("kay-kept", "gina-gone", "test", by: null, Stop);
        }

        await using var db = site.OpenDatabase();
        Assert.Equal(
            "Kay Kept",
            await db.Materials.Where(m => m.TopicId == place.Topic).Select(m => m.By.Name).SingleAsync(Stop)
        );
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var account = await scope
                .ServiceProvider.GetRequiredService<LpcSite.Data.LpcDbContext>()
                .Users.Include(a => a.Person)
                .SingleAsync(a => a.Email == "gina-gone@example.org", Stop);
            await scope.ServiceProvider.GetRequiredService<Erasure>().EraseAsync(account, Stop);
        }

        Assert.Equal(
            Person.Former,
            await db.Materials.Where(m => m.TopicId == place.Topic).Select(m => m.By.Name).SingleAsync(Stop)
        );
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private static async Task<int> StatusAsync(Browsing reader, string path)
    {
        using var answer = await reader.GetAsync(path);
        return (int)answer.StatusCode;
    }

    private async Task<string?> RedirectedAsync(string path)
    {
        using var client = site.Anonymous();
        using var answer = await client.GetAsync(path, Stop);
        return answer.Headers.Location?.OriginalString ?? path;
    }

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.ReadAsync(path));
    }
}
