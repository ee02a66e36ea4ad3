using System.Text.RegularExpressions;
using LpcSite.Accounts.Invitations;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Tests.Decisions;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Materials;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>
/// A conference in the middle of its call, so that every form of the site stands on its page with something in it.
/// </summary>
public sealed partial class GivenForms : IAsyncLifetime
{
    private const string Conference = "2022";
    private const string Lead = "Lena Lead";

    private Browsing _nobody = null!,
        _organizer = null!,
        _reviewer = null!,
        _speaker = null!;
    private string _key = "",
        _mc = "",
        _person = "";
    private int _topic,
        _submission,
        _invitation,
        _news,
        _tier,
        _sponsor,
        _speaking;
    private long _letter,
        _topicLetter;

    public SiteFixture Site { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Site.InitializeAsync();
        await AppearAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browsing in new[] { _nobody, _organizer, _reviewer, _speaker })
        {
            browsing.Dispose();
        }

        await Site.DisposeAsync();
    }

    /// <summary>Who opens the page of that route, and at which addresses.</summary>
    internal IEnumerable<(Browsing Reader, string Address)> Of(string pattern)
    {
        var reader = pattern switch
        {
            "/account/sign-in"
            or "/account/register"
            or "/account/forgot"
            or "/account/reset"
            or "/account/invitation/{key}" => _nobody,
            _ when pattern.Contains("/review", StringComparison.Ordinal)
                    && !pattern.Contains("/lead/", StringComparison.Ordinal)
                    && !pattern.Contains("/organize/", StringComparison.Ordinal) => _reviewer,
            _ when pattern.StartsWith("/my/", StringComparison.Ordinal)
                    || pattern.Contains("/submit", StringComparison.Ordinal) => _speaker,
            _ => _organizer,
        };
        var address = Parameter().Replace(pattern, parameter => Value(parameter.Groups["name"].Value, pattern));
        return Variants(address).Select(variant => (reader, variant));
    }

    private IEnumerable<string> Variants(string address) =>
        address switch
        {
            "/organize/people/merge" => [$"{address}?kept=lena-lead&other=suse-speaker"],
            "/organize/conferences/new" => [address, $"{address}?from={Conference}"],
            "/account/reset" => [$"{address}?id=1&token=none"],
            "/2022/organize/pages/page-0" => [address, "/2022/organize/pages/new"],
            _ when address.EndsWith("/sponsors/new", StringComparison.Ordinal) =>
            [
                address,
                $"/2022/organize/sponsors/{_sponsor}",
            ],
            _ when address.EndsWith("/remarks", StringComparison.Ordinal) => [address, $"{address}?paragraph=0"],
            _ => [address],
        };

    private string Value(string name, string pattern)
    {
        object value = (name, pattern) switch
        {
            ("conference", _) => Conference,
            ("slug", _) when pattern.Contains("/people/", StringComparison.Ordinal) => _person,
            ("slug", _)
                when pattern.Contains("/review/", StringComparison.Ordinal)
                    || pattern.Contains("/organize/", StringComparison.Ordinal) => "mc-3",
            ("slug", _) => _mc,
            ("name", _) => "page-0",
            ("key", _) => _key,
            ("which", _) => "new",
            ("number", _) => "1",
            ("id", _) when pattern.Contains("/organize/letters", StringComparison.Ordinal) => _letter,
            ("id", _) when pattern.Contains("/lead/letters", StringComparison.Ordinal) => _topicLetter,
            ("id", _) when pattern.Contains("/submit/", StringComparison.Ordinal) => _submission,
            ("id", _) when pattern.Contains("/speaking", StringComparison.Ordinal) => _speaking,
            ("id", _) when pattern.Contains("/invitations/", StringComparison.Ordinal) => _invitation,
            ("id", _) when pattern.Contains("/news/", StringComparison.Ordinal) => _news,
            ("id", _) when pattern.Contains("/tiers/", StringComparison.Ordinal) => _tier,
            ("id", _) => _topic,
            _ => "1",
        };
        return FormattableString.Invariant($"{value}");
    }

    private async Task AppearAsync()
    {
        var now = Site.Clock.GetCurrentInstant();
        await Site.Given.ConferenceAsync(Conference);
        var olga = await Site.Given.OrganizerAsync("Olga Organizer");
        await using (var db = Site.OpenDatabase())
        {
            await BigCall.AppearAsync(
                db,
                Conference,
                proposals: 4,
                reviewers: 12,
                await db.People.SingleAsync(p => p.Id == olga.Id),
                now
            );
        }

        await Site.Given.MicroconferenceAsync(
            "Rust",
            MicroconferenceStatus.Accepted,
            leads: [Lead],
            keyAttendees: ["Kay Needed"],
            topics: ["Pin", "Unpin"],
            speakers: ["Suse Speaker"],
            form: SessionForm.Full
        );
        _topic = (await Site.TopicAsync("Rust", "Submitted one", "Suse Speaker", TopicStatus.Submitted)).Topic;
        _submission = (await Site.TopicAsync("Rust", "Another one", "Suse Speaker", TopicStatus.Submitted)).Topic;
        _speaking = (await Site.TopicAsync("Rust", "Accepted one", "Suse Speaker")).Topic;
        await Site.TopicAsync("Rust", "Planned one", "Suse Speaker", TopicStatus.Submitted);
        await AskAsync(now);
        _nobody = Site.Browse();
        _organizer = await Site.AsAsync(olga);
        _reviewer = await Site.AsAsync(await Site.Given.ReviewerAsync("Rita Reviewer"));
        _speaker = await Site.AsAsync(await Site.Given.PersonAsync("Suse Speaker"));
        using var written = await Desk.PlanAsync(
            _organizer,
            _mc = "/2022/mc/rust",
            "Planned one",
            "Accept",
            button: "Write the letters"
        );
        Assert.Equal("/2022/mc/rust/lead/letters", written.Headers.Location?.OriginalString);
        _mc = "rust";
        await FindAsync();
    }

    // Deadlines, links that are cited, and invitations that nobody has answered yet.
    private async Task AskAsync(Instant now)
    {
        await using var db = Site.OpenDatabase();
        var rust = await db
            .Microconferences.Include(m => m.Conference)
            .Include(m => m.References)
            .SingleAsync(m => m.Slug == "rust");
        rust.Cite([("[1]", "https://rust.example/"), ("[2]", "https://linux.example/")]);
        var (olga, suse) = (
            await db.People.SingleAsync(p => p.Slug == "olga-organizer"),
            await db.People.SingleAsync(p => p.Slug == "suse-speaker")
        );
        var kay = await db.People.SingleAsync(p => p.Slug == "kay-needed");
        db.Add(
            new Invitation(
                suse,
                "suse-speaker@example.org",
                new InvitationPurpose(InvitationKind.Lead, rust, null),
                olga,
                now,
                out _
            )
        );
        db.Add(
            new Invitation(
                kay,
                "kay@example.org",
                new InvitationPurpose(InvitationKind.Account, null, null),
                olga,
                now,
                out _key
            )
        );
        await db.SaveChangesAsync();
        await Site.Given.CallAsync(now - Duration.FromDays(3), now + Duration.FromDays(30), "Etc/GMT+12", rust);
    }

    private async Task FindAsync()
    {
        await using var db = Site.OpenDatabase();
        var held = db.Letters.Where(l => l.State == EmailState.Held);
        _letter = await held.Where(l => l.MicroconferenceId != null && l.ConferenceId != null).MinAsync(l => l.Id);
        _topicLetter = await held.Where(l =>
                db.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.Slug == "rust")
            )
            .MinAsync(l => l.Id);
        _invitation = await db.Invitations.Where(i => i.Person.Slug == "suse-speaker").Select(i => i.Id).SingleAsync();
        _news = await db.NewsItems.MinAsync(n => n.Id);
        _tier = await db.SponsorTiers.MinAsync(t => t.Id);
        _sponsor = await db.Sponsors.MinAsync(s => s.Id);
        _person = "kay-needed";
    }

    [GeneratedRegex(
        @"\{(?<stars>\**)(?<name>\w+)(?:[:?][^{}]*(?:\{\{.*?\}\}[^{}]*)*)?\}",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Parameter();
}
