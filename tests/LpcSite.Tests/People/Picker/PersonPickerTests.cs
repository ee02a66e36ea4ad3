using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Nominations;
using LpcSite.People;
using LpcSite.People.Picker;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.People.Picker;

/// <summary>Whom a form means by a name: whoever was chosen, and never somebody who happens to be called so.</summary>
public sealed class PersonPickerTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // pycon2019#594: the second of one name submitted, and the first one spoke.
    [Theory]
    [InlineData("Prefilled", null)]
    [InlineData("Typed anew", "pat  DOE")]
    public async Task Submit_ByTheSecondOfOneName_IsAboutThemself(string title, string? typed)
    {
        await site.Given.MicroconferenceAsync("Spoken", leads: ["Lena Lead"], topics: ["There"], speakers: ["Pat Doe"]);
        var mc = await AcceptedAsync("Submitted to");
        var second = await AddAsync("Pat Doe", "pat-doe-2");
        using var pat = await site.AsAsync(second);
        Dictionary<string, string> fields = new(StringComparer.Ordinal)
        {
            ["Input.Title"] = title,
            ["Input.Problem"] = "It leaks.",
        };
        if (typed is not null)
        {
            (fields["Input.Speakers[0].Name"], fields["Input.Speakers[0].Who"]) = (typed, "");
        }

        using var saved = await pat.SubmitAsync($"{mc}/submit", fields, "save");

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["pat-doe-2"],
            await db
                .Topics.Where(t => t.Title == title)
                .SelectMany(t => t.Speakers)
                .Select(s => s.Person.Slug)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Edit_OfATopicWhoseSpeakerHasACommaInTheName_KeepsOneSpeaker()
    {
        await site.Given.MicroconferenceAsync(
            "Commas",
            leads: ["Lena Lead"],
            topics: ["First topic"],
            speakers: ["Sam Doe, Jr."]
        );
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var saved = await lead.SubmitAsync(
            "/2022/mc/commas/edit",
            new() { ["Input.Topics[0].Details"] = "changed" },
            "save"
        );

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["sam-doe-jr"],
            await db
                .Topics.Where(t => t.Title == "First topic")
                .SelectMany(t => t.Speakers)
                .Select(s => s.Person.Slug)
                .ToListAsync(Stop)
        );
        Assert.False(await db.People.AnyAsync(p => p.Name == "Jr.", Stop));
    }

    [Fact]
    public async Task Edit_OfAListWithTwoOfOneName_SavesAndKeepsThemTwo()
    {
        await AddAsync("Tia Twin", "tia-twin");
        await AddAsync("Tia Twin", "tia-twin-2", "Other Works");
        var mc = await AcceptedAsync("Twins");
        await ChangeAsync(
            "Twins",
            async (m, db) =>
                m.NeedsToHave(await db.People.Where(p => p.Name == "Tia Twin").OrderBy(p => p.Slug).ToListAsync(Stop))
        );
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var page = await lead.ReadAsync($"{mc}/edit");

        using var saved = await lead.SubmitAsync(page, new() { ["Input.Description"] = "Another text." }, "save");
        using var shorter = await lead.SubmitAsync(
            await Browsing.ParseAsync(await lead.SubmitAsync($"{mc}/edit", [], "remove KeyAttendees 0")),
            [],
            "save"
        );

        Assert.Equal(
            ["tia-twin", "Other Works · tia-twin-2"],
            page.QuerySelectorAll("[data-list='Input.KeyAttendees'] [data-chosen]").Select(c => c.TextContent)
        );
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (saved.StatusCode, shorter.StatusCode));
        Assert.Equal(["tia-twin-2"], await AttendeesAsync("Twins"));
    }

    [Theory]
    [InlineData("lead/people", "Input", "Invite", "someone else")]
    [InlineData("lead/people", "Input", "Invite", "known")]
    [InlineData("lead/nominations", "Input", "Name them", "someone else")]
    [InlineData("lead/nominations", "Input", "Name them", "known")]
    [InlineData("lead/topics/{0}", "Input.Speaker", "Ask them to speak", "someone else")]
    [InlineData("lead/topics/{0}", "Input.Speaker", "Ask them to speak", "known")]
    [InlineData("submit", "Input.Speakers[1]", "save", "someone else")]
    [InlineData("submit", "Input.Speakers[1]", "save", "known")]
    [InlineData("edit", "Input.KeyAttendees[0]", "save", "someone else")]
    [InlineData("edit", "Input.KeyAttendees[0]", "save", "known")]
    [InlineData("edit", "Input.Topics[0].Speakers[0]", "save", "someone else")]
    [InlineData("edit", "Input.Topics[0].Speakers[0]", "save", "known")]
    public async Task Form_WithTheNameOfSomebodyHere_AsksWhoIsMeant(
        string path,
        string row,
        string button,
        string answer
    )
    {
        var title = $"Asks {path.Split('/')[^1].Trim('{', '}')} {row.Length} {answer[..2]}";
        var name = $"Kim {title}";
        var known = await AddAsync(name, AddedSlug(name), "Known Works");
        var mc = await AcceptedAsync(title, topics: ["Suggested"]);
        await AllowAsync(title);
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var form = await OpenAsync(lead, await FillAsync(mc, path), row);
        Dictionary<string, string> fields = new(StringComparer.Ordinal) { [$"{row}.Name"] = name };
        foreach (
            var (field, value) in new[]
            {
                ("Input.Mail", "kim@example.org"),
                ("Input.Title", "About"),
                ("Input.Problem", "Why"),
                ("Input.Changes", "Say how."),
            }
        )
        {
            if (field is not "Input.Title" || path is "submit")
            {
                AddIfThere(form, fields, button, field, value);
            }
        }

        var asked = await lead.SubmitAsync(form, fields, button);
        var page = await Browsing.ParseAsync(asked);
        var radios = page.QuerySelectorAll($"input[type=radio][name='{row}.Who']");
        using var saved = await lead.SubmitAsync(
            page,
            new(StringComparer.Ordinal) { [$"{row}.Who"] = radios[answer is "known" ? 0 : 1].GetAttribute("value")! },
            button
        );

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Equal(
            [$"{name} Known Works · {known.Slug}", $"Someone else named {name}"],
            radios.Select(r =>
                string.Join(
                    ' ',
                    r.ParentElement!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                )
            )
        );
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(answer is "known" ? 1 : 2, await db.People.CountAsync(p => p.Name == name, Stop));
    }

    [Fact]
    public async Task Form_WithAChosenNameTypedOver_MeansSomebodyElse()
    {
        var mc = await AcceptedAsync("Typed over");
        await ChangeAsync(
            "Typed over",
            async (m, db) => m.NeedsToHave([await db.People.SingleAsync(p => p.Slug == AddedSlug("Olde Name"), Stop)]),
            "Olde Name"
        );
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var saved = await lead.SubmitAsync(
            $"{mc}/edit",
            new() { ["Input.KeyAttendees[0].Name"] = "Quite Other" },
            "save"
        );

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(["quite-other"], await AttendeesAsync("Typed over"));
    }

    [Fact]
    public async Task Form_WithANumberOfSomebodyNobodyMayReadOf_TellsNothingOfThem()
    {
        var hidden = await AddAsync("Hidden Account", "hidden-account", "Secret Works");
        var mc = await AcceptedAsync("Guessed");
        using var mal = await site.AsAsync(await site.Given.PersonAsync("Mal Lory"));

        using var asked = await mal.SubmitAsync(
            $"{mc}/submit",
            new()
            {
                ["Input.Title"] = "T",
                ["Input.Problem"] = "P",
                ["Input.Speakers[1].Name"] = "X",
                ["Input.Speakers[1].Shown"] = "X",
                ["Input.Speakers[1].Who"] = FormattableString.Invariant($"{hidden.Id}"),
            },
            "save"
        );

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.DoesNotContain(
            "ecret",
            (await Browsing.ParseAsync(asked)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("fin", "finn-findable")]
    [InlineData("FINDABLE", "finn-findable")]
    [InlineData("finn  find", "finn-findable")]
    [InlineData("inn", null)]
    [InlineData("f", null)]
    [InlineData("%%", null)]
    [InlineData("fi_n", null)]
    [InlineData("Fina", null)]
    [InlineData("Finch", null)]
    public async Task Find_ByTheBeginningOfAWord_KnowsWhomEverybodyMayReadOf(string query, string? slug)
    {
        await site.Given.MicroconferenceAsync("Findable", leads: ["Finn Findable"]);
        await site.Given.MicroconferenceAsync("Not yet", MicroconferenceStatus.Draft, leads: ["Fina Draft"]);
        await site.Given.AccountAsync(await site.Given.PersonAsync("Finch Account"));
        using var reader = await site.AsAsync(await site.Given.PersonAsync("Some Reader"));

        var found = JsonDocument
            .Parse(await reader.Client.GetStringAsync($"/my/people?q={Uri.EscapeDataString(query)}", Stop))
            .RootElement;

        Assert.Equal(slug is null ? [] : [slug], found.EnumerateArray().Select(p => p.GetProperty("slug").GetString()));
    }

    [Fact]
    public async Task Find_AndForms_AskTheSameNumberOfStatementsForOneAndForMany()
    {
        var statements = new SqlStatements();
        var options = LpcSite
            .Data.LpcDbContextFactory.Configure(
                new DbContextOptionsBuilder<LpcSite.Data.LpcDbContext>(),
                site.ConnectionString
            )
            .AddInterceptors(statements);
        var known = new List<Person>();
        for (var i = 0; i < 30; i++)
        {
            known.Add(await AddAsync($"Many Named {i}", $"many-named-{i}"));
        }

        Assert.Equal(await CountAsync(1), await CountAsync(30));

        async Task<(int Offered, int Found)> CountAsync(int count)
        {
            await using var db = new LpcSite.Data.LpcDbContext(
                (DbContextOptions<LpcSite.Data.LpcDbContext>)options.Options
            );
            var people = new PersonPicker(db);
            var before = statements.Texts.Count;
            await people.OfferAsync(known.Take(count).Select(p => new NamedPerson(p.Name)), Stop);
            var offered = statements.Texts.Count;
            await people.FindOrAddAsync([.. known.Take(count).Select(NamedPerson.Of)], Stop);
            return (offered - before, statements.Texts.Count - offered);
        }
    }

    private static string AddedSlug(string name) => LpcSite.Conferences.Slug.From(name, "person");

    private static void AddIfThere(
        IDocument page,
        Dictionary<string, string> fields,
        string button,
        string field,
        string value
    )
    {
        var form = page.QuerySelectorAll("main button")
            .First(b => b.GetAttribute("value") == button || b.TextContent.Trim() == button)
            .Closest("form")!;
        if (form.QuerySelector($"[name='{field}']") is not null)
        {
            fields[field] = value;
        }
    }

    // Without script, the row for one more person is asked for by its button.
    private static async Task<IDocument> OpenAsync(Browsing browsing, string path, string row)
    {
        var page = await browsing.ReadAsync(path);
        return page.QuerySelector($"[name='{row}.Name']") is not null
            ? page
            : await Browsing.ParseAsync(
                await browsing.SubmitAsync(page, [], $"add {row["Input.".Length..row.LastIndexOf('[')]}")
            );
    }

    private async Task<string> FillAsync(string mc, string path)
    {
        await using var db = site.OpenDatabase();
        var slug = mc.Split('/')[^1];
        var topic = await db
            .Microconferences.Where(m => m.Slug == slug)
            .SelectMany(m => m.Topics)
            .Select(t => t.Id)
            .FirstAsync(Stop);
        return $"{mc}/{string.Format(System.Globalization.CultureInfo.InvariantCulture, path, topic)}";
    }

    private async Task<string> AcceptedAsync(string title, string[]? topics = null)
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            leads: ["Lena Lead"],
            topics: topics ?? [],
            form: SessionForm.Full
        );
        return mc.Path;
    }

    private async Task AllowAsync(string title)
    {
        await using var db = site.OpenDatabase();
        var conference = await db
            .Microconferences.Where(m => m.Title == title)
            .Select(m => m.ConferenceId)
            .SingleAsync(Stop);
        if (!await db.Allowances.AnyAsync(a => a.ConferenceId == conference, Stop))
        {
            var allowance = new Allowance(conference);
            allowance.Give(9, 9);
            allowance.CloseAt(site.Clock.GetCurrentInstant() + Duration.FromDays(90), DateTimeZone.Utc);
            db.Add(allowance);
            await db.SaveChangesAsync(Stop);
        }
    }

    private async Task<Person> AddAsync(string name, string slug, string? affiliation = null)
    {
        await using var db = site.OpenDatabase();
        if (await db.People.SingleOrDefaultAsync(p => p.Slug == slug, Stop) is { } there)
        {
            return there;
        }

        var person = new Person(name, slug);
        person.Describe(affiliation, MarkdownText.Empty);
        db.Add(person);
        await db.SaveChangesAsync(Stop);
        return person;
    }

    private async Task ChangeAsync(
        string title,
        Func<Microconference, LpcSite.Data.LpcDbContext, Task> change,
        params string[] people
    )
    {
        foreach (var name in people)
        {
            await AddAsync(name, AddedSlug(name));
        }

        await using var db = site.OpenDatabase();
        await change(await db.Microconferences.WithLists().SingleAsync(m => m.Title == title, Stop), db);
        await db.SaveChangesAsync(Stop);
    }

    private async Task<List<string>> AttendeesAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Microconferences.Where(m => m.Title == title)
            .SelectMany(m => m.KeyAttendees)
            .OrderBy(k => k.Position)
            .Select(k => k.Person.Slug)
            .ToListAsync(Stop);
    }
}
