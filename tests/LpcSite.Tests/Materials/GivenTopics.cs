using System.Net;
using System.Text;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Materials;

/// <summary>Topics that came in, and what is brought to them.</summary>
internal static class GivenTopics
{
    /// <summary>A topic of somebody in an accepted microconference, which is made if it is not there.</summary>
    public static async Task<Place> TopicAsync(
        this SiteFixture site,
        string microconference,
        string topic,
        string speaker,
        TopicStatus status = TopicStatus.Accepted,
        string conference = "2022",
        string lead = "Lena Lead"
    )
    {
        var mc = await site.Given.MicroconferenceAsync(
            microconference,
            MicroconferenceStatus.Accepted,
            conference,
            leads: [lead],
            form: SessionForm.Full
        );
        var person = await site.Given.PersonAsync(speaker);
        await using var db = site.OpenDatabase();
        var by = await db.People.SingleAsync(p => p.Id == person.Id);
        var made = Topic.DraftedBy(by, topic, mc.Id, await db.Topics.CountAsync(t => t.MicroconferenceId == mc.Id));
        made.Revise(
            topic,
            new MarkdownRenderer().Render("P.", "t"),
            20,
            [],
            null,
            0,
            by,
            site.Clock.GetCurrentInstant()
        );
        made.SpokenBy([by], 0, null);
        if (status is not TopicStatus.Draft)
        {
            made.Submit(site.Clock.GetCurrentInstant());
        }

        if (status is TopicStatus.Accepted)
        {
            made.Accept(null);
        }

        db.Add(made);
        await db.SaveChangesAsync();
        site.ForgetPages();
        return new(mc, made.Id, by);
    }

    /// <summary>Chooses a file on the page and sends it, under a name that a browser would have cleaned.</summary>
    public static async Task<HttpResponseMessage> BringAsync(
        this Browsing browsing,
        Place place,
        byte[] bytes,
        string name = "talk.pdf"
    )
    {
        var page = await browsing.ReadAsync(place.Path);
        var token = page.QuerySelector("main form[enctype] input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes(
                "--sep\r\nContent-Disposition: form-data; "
                    + $"name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n--sep\r\nContent-Disposition: "
                    + $"form-data; name=\"Slides\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
            ),
            .. bytes,
            .. "\r\n--sep--\r\n"u8,
        ];
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=sep");
        return await browsing.Client.PostAsync(place.Path, content);
    }

    /// <returns>The address at which what was brought stands, the newest first.</returns>
    public static async Task<IReadOnlyList<string>> BroughtAsync(this Browsing browsing, Place place) =>
        [
            .. (await browsing.ReadAsync(place.Path))
                .QuerySelectorAll("main .index a[href^='/materials/']")
                .Select(a => a.GetAttribute("href")!),
        ];

    public static async Task<string> BringOneAsync(
        this Browsing browsing,
        Place place,
        byte[] bytes,
        string name = "talk.pdf"
    )
    {
        using var brought = await browsing.BringAsync(place, bytes, name);
        Assert.Equal(HttpStatusCode.Redirect, brought.StatusCode);
        return (await browsing.BroughtAsync(place))[0];
    }

    /// <summary>A topic and where its materials are changed.</summary>
    internal sealed record Place(Microconference Microconference, int Topic, Person Speaker)
    {
        public string Public => $"{Microconference.Path}/topics/{Topic}";
        public string Path => $"{Public}/materials";
    }
}
