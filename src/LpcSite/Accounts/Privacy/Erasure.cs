using System.Globalization;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Scheduling.Releases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts.Privacy;

/// <summary>
/// Forgets somebody who asks for it: their account, and every row that says who they were. What others built on stays,
/// under a name that is nobody's: what they led, spoke about and wrote. The record of who did what stays, and names
/// them by a number alone from then on.
/// </summary>
public sealed class Erasure(LpcDbContext db, UserManager<Account> accounts, IClock clock)
{
    /// <exception cref="RuleException">Something would be left to nobody; nothing is erased.</exception>
    public async Task EraseAsync(Account account, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await ContentLock.TakeAsync(db, stop);

        // What is being released at this moment still names them: it is finished first, and then forgets them like the
        // others.
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE releases IN SHARE ROW EXCLUSIVE MODE", stop);
        var (id, mail) = (account.PersonId, account.Email!);
        await RequireOthersAsync(id, now, stop);

        // With those who turned out to be them, as their rows say their name in other spellings.
        var people = await db
            .People.Include(p => p.Aliases)
            .Where(p => p.Id == id || p.MergedIntoId == id)
            .ToListAsync(stop);
        await ForgetRowsAsync(id, mail, stop);
        var words = new Dictionary<int, string[]>();
        foreach (var person in people)
        {
            words[person.Id] = await WordsAsync(person, mail, stop);
            await db
                .Redirects.Where(r =>
                    r.From.EndsWith("/people/" + person.Slug) || r.To.EndsWith("/people/" + person.Slug)
                )
                .ExecuteDeleteAsync(stop);
            person.Erase(
                await PersonSlug.FreeAsync(db, FormattableString.Invariant($"{Person.Former} {person.Id}"), stop),
                now
            );
        }

        db.Record(account, "erased the account", now);
        await db.SaveChangesAsync(stop);
        await ForgetInReleasesAsync(people, stop);
        foreach (var (erased, theirs) in words)
        {
            await db.Database.ExecuteSqlAsync($"SELECT forget_in_audit({erased}, {theirs})", stop);
        }

        await ForgetAccountAsync(account, stop);
        await transaction.CommitAsync(stop);
    }

    // What is asked here is so until the transaction ends: the rows of the organizers are held, and the leads'
    // microconferences are written to, so that another who leaves at the same moment is told by the row's version and
    // asked again.
    private async Task RequireOthersAsync(int id, Instant now, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM organizers ORDER BY person_id FOR UPDATE", stop);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE microconferences SET revised_at = revised_at
            WHERE id IN (SELECT microconference_id FROM leads WHERE person_id = {id})
            """,
            stop
        );
        Rule.Require(
            !await db.Organizers.AnyAsync(o => o.PersonId == id, stop)
                || await db.Organizers.AnyAsync(
                    o => o.PersonId != id && db.Users.Any(a => a.PersonId == o.PersonId),
                    stop
                ),
            "You are the only organizer with an account, and nobody could run the conferences without you. Let "
                + "somebody else become an organizer first."
        );
        var alone = (
            await db
                .Microconferences.Listed()
                .Where(m =>
                    m.Leads.Any(l => l.PersonId == id)
                    && !m.Leads.Any(l => l.PersonId != id && l.Person.ErasedAt == null)
                )
                .OrderBy(m => m.Id)
                .Select(m => new
                {
                    m.Title,
                    m.Conference.EndsOn,
                    m.Conference.TimeZone,
                })
                .ToListAsync(stop)
        ).Where(m => m.EndsOn >= now.InZone(m.TimeZone).Date).Select(m => $"“{m.Title}”").ToList();
        Rule.Require(
            alone.Count == 0,
            $"Nobody but you leads {string.Join(", ", alone)}. Invite another lead and wait for the answer, or "
                + "withdraw it first."
        );
    }

    // By what the record of changes may call them: the last part of their page's address today and earlier, their
    // names, their mail address. A spelling that somebody else has too says nothing of them alone, and stays.
    private async Task<string[]> WordsAsync(Person person, string mail, CancellationToken stop)
    {
        const string People = "/people/";
        var earlier = await db
            .Redirects.Where(r => r.To.EndsWith(People + person.Slug))
            .Select(r => r.From)
            .ToListAsync(stop);
        var keys = person.Aliases.Select(a => a.Key).ToList();
        var shared = await db
            .PersonAliases.Where(a =>
                keys.Contains(a.Key)
                && db.People.Any(p => p.Id == a.PersonId && p.Id != person.Id && p.MergedIntoId != person.Id)
            )
            .Select(a => a.Key)
            .ToListAsync(stop);
        return
        [
            .. new[] { person.Slug, mail }
                .Concat(earlier.Select(path => path[(path.LastIndexOf('/') + 1)..]))
                .Concat(
                    person
                        .Aliases.Where(a => !shared.Contains(a.Key))
                        .Select(a => a.Name)
                        .Append(shared.Contains(Person.Key(person.Name)) ? "" : person.Name)
                )
                .Where(word => word.Length > 0)
                .Distinct(StringComparer.Ordinal)
                // One may be a part of another, such as of the mail address.
                .OrderByDescending(word => word.Length),
        ];
    }

    private async Task ForgetRowsAsync(int id, string mail, CancellationToken stop)
    {
        await db.PersonPictures.Where(p => p.PersonId == id).ExecuteDeleteAsync(stop);
        await db.Organizers.Where(o => o.PersonId == id).ExecuteDeleteAsync(stop);
        await db.Reviewers.Where(r => r.PersonId == id).ExecuteDeleteAsync(stop);
        await db.Assignments.Where(a => a.ReviewerId == id).ExecuteDeleteAsync(stop);
        await db.ConflictsOfInterest.Where(c => c.PersonId == id).ExecuteDeleteAsync(stop);
        await db.WorkingTexts.Where(w => w.PersonId == id).ExecuteDeleteAsync(stop);
        await db.Invitations.Where(i => i.PersonId == id || i.Mail == mail).ExecuteDeleteAsync(stop);
        await db.Nominations.Where(n => n.PersonId == id || n.Mail == mail).ExecuteDeleteAsync(stop);
        var (address, number) = (MailAddress.Key(mail), id.ToString(CultureInfo.InvariantCulture));
        await db
            .LetterLimits.Where(l =>
                l.Kind == EmailLimitKind.Recipient && l.Key == address
                || l.Kind == EmailLimitKind.Sender && l.Key == number
            )
            .ExecuteDeleteAsync(stop);
        await db.Stars.Where(s => s.PersonId == id).ExecuteDeleteAsync(stop);
        await db.StarFeeds.Where(f => f.PersonId == id).ExecuteDeleteAsync(stop);
        await db.Absences.Where(a => a.PersonId == id).ExecuteDeleteAsync(stop);
        await db.Distinctions.Where(d => d.PersonId == id || d.OtherId == id).ExecuteDeleteAsync(stop);
        await ForgetAnswersAsync(id, stop);
        var letters = db.Letters.Where(l => l.PersonId == id || l.ToAddress == mail);
        await db.LetterAttempts.Where(a => letters.Any(l => l.Id == a.LetterId)).ExecuteDeleteAsync(stop);
        await letters.ExecuteDeleteAsync(stop);

        // What they wrote to their speakers is theirs; that answers went to them is not.
        await db
            .Letters.Where(l => l.AnswersTo == mail)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(l => l.AnswersTo, (string?)null).SetProperty(l => l.AnswersToName, (string?)null),
                stop
            );
    }

    // A release is frozen for everybody else.
    private async Task ForgetInReleasesAsync(IReadOnlyList<Person> people, CancellationToken stop)
    {
        await db.Database.ExecuteSqlRawAsync("SET LOCAL lpcsite.erases = 'on'", stop);
        var names = people.ToDictionary(p => p.Id, p => new ScheduleDocument.Name(p.Id, p.Slug, p.Name));
        int[] ids = [.. names.Keys];
        var naming = await db
            .Releases.FromSql(
                $"""
                SELECT * FROM releases
                WHERE jsonb_path_exists(
                    document, '$.**.person ? (@ == $ids[*])', jsonb_build_object('ids', to_jsonb({ids})))
                """
            )
            .OrderBy(r => r.Id)
            .Select(r => r.Id)
            .ToListAsync(stop);
        foreach (var id in naming)
        {
            var document = ScheduleDocument
                .FromJson(await db.Releases.Where(r => r.Id == id).Select(r => r.Document).SingleAsync(stop))
                .WithPeople(names)
                .ToJson();
            await db
                .Releases.Where(r => r.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Document, document), stop);
        }

        await db.Database.ExecuteSqlRawAsync("SET LOCAL lpcsite.erases = 'off'", stop);
    }

    // They stay where others named them, and nobody is expected there.
    private async Task ForgetAnswersAsync(int id, CancellationToken stop)
    {
        Instant? never = null;
        await db
            .Speakers.Where(s => s.PersonId == id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.Attendance, Attendance.Unknown)
                        .SetProperty(s => s.ConfirmedAt, never)
                        .SetProperty(s => s.DeclinedAt, never)
                        .SetProperty(s => s.InviteAt, (string?)null),
                stop
            );
        await db
            .KeyAttendees.Where(k => k.PersonId == id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(k => k.Attendance, Attendance.Unknown)
                        .SetProperty(k => k.ConfirmedAt, never)
                        .SetProperty(k => k.DeclinedAt, never),
                stop
            );
    }

    private async Task ForgetAccountAsync(Account account, CancellationToken stop)
    {
        await db.AccountSessions.Where(s => s.AccountId == account.Id).ExecuteDeleteAsync(stop);
        await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(stop);
        await db.UserPasskeys.Where(p => p.UserId == account.Id).ExecuteDeleteAsync(stop);
        await db.UserLogins.Where(l => l.UserId == account.Id).ExecuteDeleteAsync(stop);
        await db.UserTokens.Where(t => t.UserId == account.Id).ExecuteDeleteAsync(stop);
        await db.UserClaims.Where(c => c.UserId == account.Id).ExecuteDeleteAsync(stop);
        var result = await accounts.DeleteAsync(account);
        Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
