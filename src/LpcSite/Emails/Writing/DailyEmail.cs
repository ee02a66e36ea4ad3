using LpcSite.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.TimeZones;

namespace LpcSite.Emails.Writing;

/// <summary>
/// What happened in a day, in one letter for whoever wants it so. Sign-ins, invitations, decisions and what was asked
/// of the leads go out at once all the same.
/// </summary>
public static class DailyEmail
{
    private const int MostOfEach = 700;

    // Before the day's work, and after the night's mail of the other half of the world.
    private static readonly LocalTime Hour = new(7, 0);

    /// <summary>
    /// When the next daily letter goes out after this moment: at seven in the morning where its reader lives.
    /// </summary>
    public static Instant HourAfter(Instant moment, DateTimeZone zone)
    {
        var local = moment.InZone(zone).LocalDateTime;
        var date = local.TimeOfDay < Hour ? local.Date : local.Date.PlusDays(1);

        // In a zone that skips the hour the letter goes out when its clock strikes again; in one that has it twice, the
        // first time.
        return date.At(Hour)
            .InZone(
                zone,
                Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter)
            )
            .ToInstant();
    }

    /// <summary>
    /// Writes the daily letters that are due; each of its letters is in one of them and no more, however many instances
    /// do so at once.
    /// </summary>
    /// <returns>How many were written.</returns>
    public static async Task<int> WriteDueAsync(Func<LpcDbContext> open, Instant now, CancellationToken stop)
    {
        await using var looking = open();
        var readers = await looking
            .Letters.Where(l => l.State == EmailState.Gathered && l.DueAt <= now && l.PersonId != null)
            .Select(l => l.PersonId!.Value)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(stop);
        var written = 0;
        foreach (var reader in readers)
        {
            written += await WriteAsync(open, reader, now, stop) ? 1 : 0;
        }

        return written;
    }

    /// <summary>The text of a daily letter.</summary>
    /// <param name="letters">Their subjects and texts, oldest first.</param>
    public static string Compose(string name, IReadOnlyList<(string Subject, string Text)> letters) =>
        EmailText.Write(
            name,
            [
                letters.Count == 1
                    ? "One thing happened since your last daily letter."
                    : $"{letters.Count} things happened since your last daily letter.",
                .. letters.SelectMany(
                    (letter, place) =>
                        new[]
                        {
                            FormattableString.Invariant($"{place + 1}. {EmailText.Unlinked(letter.Subject)}"),
                            Body(letter.Text),
                        }
                ),
                "You get one letter a day, as your profile says.",
            ]
        );

    private static async Task<bool> WriteAsync(Func<LpcDbContext> open, int reader, Instant now, CancellationToken stop)
    {
        await using var db = open();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);

        // One instance after the other for each reader; the second finds nothing left.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM people WHERE id = {reader} FOR UPDATE", stop);
        var letters = await db
            .Letters.Where(l => l.State == EmailState.Gathered && l.PersonId == reader)
            .OrderBy(l => l.Id)
            .ToListAsync(stop);
        var mail = await db.Users.Where(a => a.PersonId == reader).Select(a => a.Email).SingleOrDefaultAsync(stop);
        if (letters.Count == 0 || letters.TrueForAll(l => l.DueAt > now))
        {
            return false;
        }

        letters.ForEach(email => email.Bundle());
        var conferences = letters.Select(l => l.ConferenceId).Distinct().ToList();
        var email = new Email(
            reader,
            letters[^1].ToName,
            mail ?? letters[^1].ToAddress,
            letters.Count == 1 ? letters[0].Subject : $"{letters.Count} things since your last daily letter",
            Compose(letters[^1].ToName, letters.ConvertAll(l => (l.Subject, l.Text))),
            now
        );
        if (conferences is [{ } conference])
        {
            email.About(conference, null, FormattableString.Invariant($"daily/{reader}"));
        }

        db.Letters.Add(email);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    // Without greeting and signature, and no longer than a glance; the page that it names has the rest.
    private static string Body(string text)
    {
        var start = text.IndexOf("\n\n", StringComparison.Ordinal) is var end and >= 0 ? end + 2 : 0;
        var stop =
            text.LastIndexOf("\n-- \n", StringComparison.Ordinal) is var footer and >= 0 && footer > start
                ? footer
                : text.Length;
        var body = text[start..stop].Trim('\n');
        return body.Length <= MostOfEach ? body : $"{body[..MostOfEach].TrimEnd()} …\n\n{Links(body[MostOfEach..])}";
    }

    private static string Links(string text) =>
        string.Join('\n', text.Split('\n').Where(line => line.StartsWith("http", StringComparison.Ordinal)));
}
