using LpcSite.Accounts;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Data.Content;
using LpcSite.Emails;
using LpcSite.Markdown;
using LpcSite.Microconferences.Results;
using LpcSite.People;
using LpcSite.Scheduling.Stars;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LpcSite.Tests.Caching;

/// <summary>
/// A save drops the pages of the conferences concerned and no others; this instance says so itself, and the database
/// tells the others the same.
/// </summary>
public sealed class ContentChangeTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Mark = "mark";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_OfAMicroconference_DropsItsConference()
    {
        var here = await site.Given.MicroconferenceAsync("Renamed", conference: "drop-a");

        await SavesAsync(
            async db => (await db.Microconferences.SingleAsync(m => m.Id == here.Id, Stop)).Rename("Another"),
            "drop-a"
        );
    }

    [Fact]
    public async Task Save_OfWhatTheContextKnowsTheOwnersOf_AsksTheDatabaseForNone()
    {
        var here = await site.Given.MicroconferenceAsync("Known", conference: "known", topics: ["One"]);
        var (versions, statements) = (new ContentVersions(), new SqlStatements());
        await using var db = Open(versions, statements);
        var topic = await db.Topics.SingleAsync(t => t.MicroconferenceId == here.Id, Stop);
        await db.Microconferences.Include(m => m.Conference).SingleAsync(m => m.Id == here.Id, Stop);
        topic.MoveTo(5);
        statements.Clear();

        await db.SaveChangesAsync(Stop);

        Assert.Single(statements.Texts);
        Assert.NotEqual(default, versions.Current("known"));
    }

    [Fact]
    public async Task Save_OfSpeakersAndNotes_FindsTheConferenceFromOwnerToOwner()
    {
        var here = await site.Given.MicroconferenceAsync(
            "Spoken",
            conference: "drop-b",
            topics: ["One"],
            speakers: ["Ulf Hansson"]
        );

        await SavesAsync(
            async db =>
            {
                var speaker = await db.Speakers.SingleAsync(
                    s => db.Topics.Any(t => t.Id == s.TopicId && t.MicroconferenceId == here.Id),
                    Stop
                );
                speaker.Position += 3;
            },
            "drop-b"
        );
        await SavesAsync(
            async db =>
            {
                var topic = await db.Topics.AsNoTracking().SingleAsync(t => t.MicroconferenceId == here.Id, Stop);
                db.Add(new Notes(here.Id, NotesOf.Topic(topic.Id)));
            },
            "drop-b"
        );
    }

    [Fact]
    public async Task Save_OfATopicThatMoves_DropsBothConferences()
    {
        var from = await site.Given.MicroconferenceAsync("From", conference: "drop-from", topics: ["Moves"]);
        var to = await site.Given.MicroconferenceAsync("To", conference: "drop-to");

        await SavesAsync(
            async db =>
            {
                var topic = await db.Topics.SingleAsync(t => t.MicroconferenceId == from.Id, Stop);
                db.Entry(topic).Property(t => t.MicroconferenceId).CurrentValue = to.Id;
            },
            "drop-from",
            "drop-to"
        );
    }

    [Fact]
    public async Task Save_OfAMicroconferenceThatMoves_DropsBothConferences()
    {
        var moves = await site.Given.MicroconferenceAsync("Moves", conference: "moves-from");
        var to = await site.Given.ConferenceAsync("moves-to");

        await SavesAsync(
            async db =>
            {
                var microconference = await db.Microconferences.SingleAsync(m => m.Id == moves.Id, Stop);
                db.Entry(microconference).Property(m => m.ConferenceId).CurrentValue = to.Id;
            },
            "moves-from",
            "moves-to"
        );
    }

    [Fact]
    public async Task Save_InATransaction_DropsWhenItIsCommittedAndNotBefore()
    {
        var here = await site.Given.MicroconferenceAsync("Waits", conference: "drop-late");
        var versions = new ContentVersions();
        await using var db = Open(versions);

        await using (await db.Database.BeginTransactionAsync(Stop))
        {
            (await db.Microconferences.SingleAsync(m => m.Id == here.Id, Stop)).Rename("Taken back");
            await db.SaveChangesAsync(Stop);
        }

        db.ChangeTracker.Clear();
        await using (var other = await db.Database.BeginTransactionAsync(Stop))
        {
            await db.SaveChangesAsync(Stop);
            await other.CommitAsync(Stop);
        }

        Assert.Equal(default, versions.Current("drop-late"));
        await using (var last = await db.Database.BeginTransactionAsync(Stop))
        {
            (await db.Microconferences.SingleAsync(m => m.Id == here.Id, Stop)).Rename("Stays");
            await db.SaveChangesAsync(Stop);
            Assert.Equal(default, versions.Current("drop-late"));
            await last.CommitAsync(Stop);
        }

        Assert.Equal(1, versions.Current("drop-late").Conference);
        Assert.Equal(0, versions.Current("drop-late").Everything);
    }

    [Fact]
    public async Task Save_OfAPersonOrAConference_DropsEverything()
    {
        var person = await site.Given.PersonAsync("Renamed Person");
        var conference = await site.Given.ConferenceAsync("drop-c");

        await SavesAsync(
            async db =>
                (await db.People.SingleAsync(p => p.Id == person.Id, Stop)).Describe("Elsewhere", MarkdownText.Empty),
            ContentVersions.Everything
        );
        await SavesAsync(
            async db =>
                db.Entry(await db.Conferences.SingleAsync(c => c.Id == conference.Id, Stop))
                    .Property(c => c.Slug)
                    .CurrentValue = "drop-renamed",
            ContentVersions.Everything
        );
    }

    [Fact]
    public async Task Registration_WithAPersonAnEmailAndASession_DropsNothing() =>
        await SavesAsync(async db =>
        {
            var now = site.Clock.GetCurrentInstant();
            var person = new Person("New Here", "new-here");
            var account = Account.For(person, "new-here@example.org", now);
            (account.NormalizedEmail, account.NormalizedUserName) = ("NEW-HERE@EXAMPLE.ORG", "NEW-HERE@EXAMPLE.ORG");
            db.Add(account);
            db.Record(account, "registered", now);
            await db.SaveChangesAsync(Stop);
            db.Letters.Add(new Email(person.Id, person.Name, "new-here@example.org", "Welcome", "Hello.", now));
        });

    [Fact]
    public async Task Star_AndHowSomebodyGetsEmails_DropNothing()
    {
        var person = await site.Given.PersonAsync("Star Giver");
        var conference = await site.Given.ConferenceAsync("stars");

        await SavesAsync(async db =>
        {
            db.Entry(await db.People.SingleAsync(p => p.Id == person.Id, Stop)).Property(p => p.Mail).CurrentValue =
                MailPreference.None;
            db.Add(
                new Star(
                    await db.People.SingleAsync(p => p.Id == person.Id, Stop),
                    conference.Id,
                    "mc-1",
                    site.Clock.GetCurrentInstant()
                )
            );
        });
    }

    [Fact]
    public async Task SignIn_AtTheSite_DropsNothing()
    {
        var person = await site.Given.PersonAsync("Signs In");
        await site.Given.AccountAsync(person);
        await site.Given.ConferenceAsync("signs-in");
        await HeardAsync();
        var dropped = new List<string>();
        var versions = site.Services.GetRequiredService<ContentVersions>();
        versions.Hear(dropped.Add);

        using (var reader = await site.AsAsync(person))
        {
            using var page = await reader.GetAsync("/signs-in/mc");
        }

        await HeardAsync();
        versions.HearNoMore(dropped.Add);
        Assert.DoesNotContain(dropped, conference => conference != Mark);
    }

    [Fact]
    public async Task NewSpelling_OfSomebodyWhoIsThere_DropsEverything()
    {
        var person = await site.Given.PersonAsync("Spelled Once");

        await SavesAsync(
            db =>
            {
                var alias = db.Add(new PersonAlias("Spelled Twice", isVouchedFor: false));
                alias.Property(a => a.PersonId).CurrentValue = person.Id;
                return Task.CompletedTask;
            },
            ContentVersions.Everything
        );
    }

    [Theory]
    [InlineData("UPDATE microconferences SET topics_inline = NOT topics_inline WHERE slug = 'bulk'", "bulk")]
    [InlineData("UPDATE topics SET title = title || '!' WHERE title LIKE 'Bulk topic%'", "bulk")]
    [InlineData("UPDATE topics SET offer = 'secret' WHERE title LIKE 'Bulk topic%'")]
    [InlineData("UPDATE speakers SET confirmed_at = now()")]
    [InlineData("UPDATE people SET zone = 'Europe/Dublin'")]
    [InlineData("UPDATE people SET affiliation = 'Elsewhere' WHERE slug = 'lena-lead'", "*")]
    [InlineData("UPDATE conferences SET city = 'Berlin' WHERE slug = 'bulk'", "*")]
    [InlineData("UPDATE sponsor_tiers SET title = title || '!' WHERE title LIKE 'Bulky%'", "bulk")]
    [InlineData("UPDATE rooms SET name = 'Bulk' WHERE false")]
    public async Task Statement_AtTheDatabasesPrompt_IsToldAsWhatItChanged(string sql, params string[] conferences)
    {
        await site.Given.ConferenceAsync("bulk", tiers: ("Bulky", 1));
        await site.Given.MicroconferenceAsync("Bulk", conference: "bulk", topics: ["Bulk topic"], speakers: ["Ulf H"]);

        var told = await ToldAsync(async () =>
        {
            await using var db = site.OpenDatabase();
            await db.Database.ExecuteSqlRawAsync(sql, Stop);
        });

        Assert.Equal(conferences, told);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Not a slug")]
    public async Task Notice_ThatNamesNoConference_DropsEverything(string notice)
    {
        var versions = site.Services.GetRequiredService<ContentVersions>();
        await HeardAsync();
        var before = versions.Current("any");

        await using (var db = site.OpenDatabase())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify('lpcsite_content', {notice})", Stop);
        }

        await HeardAsync();
        Assert.True(versions.Current("any").Everything > before.Everything);
    }

    [Fact]
    public async Task Connection_ThatIsLost_DropsEverythingWhenItIsBack()
    {
        var versions = site.Services.GetRequiredService<ContentVersions>();
        await HeardAsync();
        var before = versions.Current("any");

        await using (var db = site.OpenDatabase())
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()
                """,
                Stop
            );
        }

        for (var patience = 0; patience < 600 && versions.Current("any").Everything == before.Everything; patience++)
        {
            await Task.Delay(50, Stop);
        }

        Assert.NotEqual(before.Everything, versions.Current("any").Everything);
    }

    [Fact]
    public void Map_OfAllConferences_GetsOldWithEachOfThem()
    {
        var versions = new ContentVersions();
        var before = versions.Current("");

        versions.Change("one");

        Assert.NotEqual(before, versions.Current(""));
        Assert.Equal(default, versions.Current("other"));
    }

    // What the save drops here at once, and what the others are told of it.
    private async Task SavesAsync(Func<LpcDbContext, Task> change, params string[] conferences)
    {
        var (versions, dropped) = (new ContentVersions(), new SortedSet<string>(StringComparer.Ordinal));
        versions.Hear(conference => dropped.Add(conference));

        var told = await ToldAsync(async () =>
        {
            await using var db = Open(versions);
            await change(db);
            await db.SaveChangesAsync(Stop);
        });

        Assert.Equal(conferences, dropped);
        Assert.Equal(conferences, told);
    }

    private async Task<IReadOnlyCollection<string>> ToldAsync(Func<Task> change)
    {
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var address = new NpgsqlConnectionStringBuilder(site.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync(Stop);
        await using (var listen = new NpgsqlCommand($"LISTEN {ContentListener.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(Stop);
        }

        connection.Notification += (_, notice) => told.Add(notice.Payload);
        await change();

        // Notices come in the order of their commits.
        await using (var mark = new NpgsqlCommand($"NOTIFY {ContentListener.Channel}, '{Mark}'", connection))
        {
            await mark.ExecuteNonQueryAsync(Stop);
        }

        while (!told.Contains(Mark))
        {
            await connection.WaitAsync(Stop);
        }

        told.Remove(Mark);
        return told;
    }

    // Until the site has heard of all that was before.
    private async Task HeardAsync()
    {
        var versions = site.Services.GetRequiredService<ContentVersions>();
        var before = versions.Current(Mark);
        for (var patience = 0; patience < 600 && versions.Current(Mark).Conference == before.Conference; patience++)
        {
            await using (var db = site.OpenDatabase())
            {
                await db.Database.ExecuteSqlAsync($"SELECT pg_notify('lpcsite_content', {Mark})", Stop);
            }

            await Task.Delay(50, Stop);
        }
    }

    private LpcDbContext Open(ContentVersions versions, SqlStatements? statements = null)
    {
        var options = LpcDbContextFactory
            .Configure(new DbContextOptionsBuilder<LpcDbContext>(), site.ConnectionString)
            .AddInterceptors(new ContentChangeInterceptor(versions));
        if (statements is not null)
        {
            options.AddInterceptors(statements);
        }

        return new((DbContextOptions<LpcDbContext>)options.Options);
    }
}
