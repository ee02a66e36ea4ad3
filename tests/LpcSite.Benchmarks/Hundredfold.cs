using System.Globalization;
using LpcSite.Data;
using LpcSite.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Benchmarks;

/// <summary>
/// The public pages of the example, made anew by two sites: one that has nothing else, and one in which everything
/// around them has grown a hundredfold, to ten conferences of a hundred microconferences each, 10,000 topics and 50,000
/// revisions. What nobody added to must take as long in both; the ratios are the site's.
/// </summary>
internal static class Hundredfold
{
    private const int Copies = 68;
    private const int Conferences = 10;
    private const int RevisionsEach = 44;

    /// <summary>Between the numbers of a row and of its next copy.</summary>
    private const int Apart = 100_000;

    // Rounds of so many requests, before and while the time is taken.
    private const int WarmUp = 30;
    private const int Rounds = 30;
    private const int RequestsInARow = 10;

    // As far as medians of two sites with the same in them vary.
    private const double MostSlower = 1.25;
    private const double UnnoticedMilliseconds = 0.5;

    private static readonly string[] Pages =
    [
        "/2022",
        "/2022/mc",
        "/2022/mc.md",
        "/2022/mc.json",
        "/2022/mc.atom",
        "/2022/mc/open-printing",
        "/2022/mc/open-printing/history",
        "/2022/mc/open-printing/topics/{topic}",
        "/2022/schedule",
        "/2022/schedule.txt",
        "/2022/schedule.ics",
        "/2022/schedule.xml",
        "/2022/schedule.json",
        "/2022/schedule/changes",
        "/2022/schedule/v1",
        "/api/v1/2022/schedule",
        "/2022/people",
        "/2022/people/{person}",
        "/2022/search?q=iommu",
        "/2022/search?q=kernel",
        "/2022/calls",
        "/2022/sponsors",
    ];

    public static async Task<int> RunAsync()
    {
        await using var small = await OwnSite.CreateAsync();
        await using var large = await OwnSite.CreateAsync();
        var pages = await AddressesAsync(small);
        await AddressesAsync(large);
        await GrowAsync(large);
        await using var one = await small.StartAsync(alone: false);
        await using var other = await large.StartAsync(alone: false);
        var slower = 0;

        // All of them first: the runtime compiles for good what they have in common long after the first page would
        // have been measured.
        foreach (var page in pages)
        {
            await CompareAsync(one, other, page);
        }

        foreach (var page in pages)
        {
            var (was, now) = await CompareAsync(one, other, page);
            slower += now > was * MostSlower + UnnoticedMilliseconds ? 1 : 0;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page}: median {was:0.00} ms alone, {now:0.00} ms among the others, ratio {now / was:0.00}"
                )
            );
        }

        Console.WriteLine(
            $"{pages.Count} pages, of which {slower} are slower by more than a quarter and "
                + $"{UnnoticedMilliseconds.ToString(CultureInfo.InvariantCulture)} ms."
        );
        return slower == 0 ? 0 : 1;
    }

    // By turns, so that whatever else the machine does it does to both. A request with credentials is never answered
    // from the cache.
    private static async Task<(double Small, double Large)> CompareAsync(Server small, Server large, string page)
    {
        List<double>[] times =
        [
            [],
            [],
        ];
        for (var round = -WarmUp; round < Rounds; round++)
        {
            foreach (var (server, of) in new[] { (small, times[0]), (large, times[1]) })
            {
                var measured = await Load.MillisecondsAsync(
                    server.Port,
                    page,
                    RequestsInARow,
                    "Authorization: none\r\n"
                );
                of.AddRange(round < 0 ? [] : measured);
            }
        }

        return (times[0].Order().ElementAt(times[0].Count / 2), times[1].Order().ElementAt(times[1].Count / 2));
    }

    private static async Task<IReadOnlyList<string>> AddressesAsync(OwnSite site)
    {
        await using var db = site.Open();

        // Nobody is told: none of the example's people has an account.
        await new ScheduleReleases(db, new ReleaseEmails(db), SystemClock.Instance).ReleaseAsync(
            await db.Conferences.SingleAsync(),
            "The half-days of 2022.",
            by: null,
            "benchmark",
            origin: null,
            CancellationToken.None
        );
        var topic = await db
            .Topics.OrderBy(t => t.Id)
            .Where(t => db.Microconferences.Any(m => m.Id == t.MicroconferenceId && m.Slug == "open-printing"))
            .Select(t => t.Id)
            .FirstAsync();
        var person = await db
            .Microconferences.Where(m => m.Slug == "open-printing")
            .SelectMany(m => m.Leads)
            .OrderBy(l => l.Position)
            .Select(l => l.Person.Slug)
            .FirstAsync();
        return
        [
            .. Pages.Select(page =>
                page.Replace("{topic}", topic.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                    .Replace("{person}", person, StringComparison.Ordinal)
            ),
        ];
    }

    // Copies of the example's own rows, so that texts and names have the lengths and words that they have in life.
    private static async Task GrowAsync(OwnSite site)
    {
        await using var db = site.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));

        // Nobody listens yet, and the rows fit each other as their originals do.
        await db.Database.ExecuteSqlRawAsync("SET LOCAL session_replication_role = replica");
        var number = string.Create(CultureInfo.InvariantCulture, $"+ k * {Apart}");
        var conference = string.Create(
            CultureInfo.InvariantCulture,
            $"(SELECT min(id) FROM conferences) + (1 + k % {Conferences}) * {Apart}"
        );
        await CopyAsync(
            db,
            "conferences",
            Conferences,
            "",
            new()
            {
                ["id"] = $"o.id {number}",
                ["slug"] = "'old-' || k",
                ["starts_on"] = "o.starts_on - k * 365",
                ["ends_on"] = "o.ends_on - k * 365",
            }
        );
        await CopyAsync(
            db,
            "people",
            Copies,
            "",
            new()
            {
                ["id"] = $"o.id {number}",
                ["slug"] = "o.slug || '-' || k",
                ["name"] = "o.name || ' ' || k",
            }
        );
        await CopyAsync(
            db,
            "microconferences",
            Copies,
            "",
            new()
            {
                ["id"] = $"o.id {number}",
                ["conference_id"] = conference,
                ["slug"] = "o.slug || '-' || k",
                ["title"] = "o.title || ' ' || k",
                ["revision_number"] = RevisionsEach.ToString(CultureInfo.InvariantCulture),
            }
        );
        await CopyAsync(
            db,
            "revisions",
            Copies,
            FormattableString.Invariant($"CROSS JOIN generate_series(1, {RevisionsEach}) AS n"),
            new()
            {
                ["id"] = null,
                ["microconference_id"] = $"o.microconference_id {number}",
                ["author_id"] = $"o.author_id {number}",
                ["number"] = "n",
            }
        );
        await CopyAsync(
            db,
            "topics",
            Copies,
            "",
            new() { ["id"] = $"o.id {number}", ["microconference_id"] = $"o.microconference_id {number}" }
        );
        await CopyAsync(
            db,
            "leads",
            Copies,
            "",
            new() { ["microconference_id"] = $"o.microconference_id {number}", ["person_id"] = $"o.person_id {number}" }
        );
        await CopyAsync(
            db,
            "key_attendees",
            Copies,
            "",
            new() { ["microconference_id"] = $"o.microconference_id {number}", ["person_id"] = $"o.person_id {number}" }
        );
        await CopyAsync(
            db,
            "speakers",
            Copies,
            "",
            new() { ["topic_id"] = $"o.topic_id {number}", ["person_id"] = $"o.person_id {number}" }
        );
        await transaction.CommitAsync();
        await db.Database.ExecuteSqlAsync($"VACUUM ANALYZE");
        var (conferences, microconferences, topics) = (
            await db.Conferences.CountAsync(),
            await db.Microconferences.CountAsync(),
            await db.Topics.CountAsync()
        );
        var (revisions, people) = (await db.Revisions.CountAsync(), await db.People.CountAsync());
        Console.WriteLine(
            $"{conferences} conferences, {microconferences} microconferences, {topics} topics, {revisions} "
                + $"revisions, {people} people"
        );
    }

    /// <param name="with">What the original is joined with, as <c>o</c>.</param>
    /// <param name="values">
    /// What is not as in the original, of the copy <c>k</c>; null for what the table itself numbers.
    /// </param>
    private static async Task CopyAsync(
        LpcDbContext db,
        string table,
        int copies,
        string with,
        Dictionary<string, string?> values
    )
    {
        var all = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT column_name::text AS "Value" FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = {table} AND is_generated = 'NEVER'
                ORDER BY ordinal_position
                """
            )
            .ToListAsync();
        var columns = all.FindAll(c => !values.TryGetValue(c, out var value) || value is not null);
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT "
                + $"{string.Join(", ", columns.Select(c => values.GetValueOrDefault(c) ?? $"o.\"{c}\""))} FROM "
                + $"{table} AS o {with} CROSS JOIN generate_series(1, {copies}) AS k"
        );

        // Nobody but this file says what the tables are called.
#pragma warning disable EF1002
        await db.Database.ExecuteSqlRawAsync(sql);
#pragma warning restore EF1002
    }
}
