using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Nominations;
using LpcSite.Reviews;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.People.Merging;

/// <summary>
/// Joins two people who turned out to be one human with two spellings: all roles go to the one who stays, both
/// spellings mean them from then on, and the other's addresses lead to theirs.
/// </summary>
public sealed class PersonMerge(LpcDbContext db, IClock clock)
{
    /// <param name="kept">The last part of the address of the one who stays; of the one who goes,
    /// <paramref name="other"/>. A name says nothing: people give it themselves.</param>
    /// <param name="via">The page or command through which it is done.</param>
    /// <param name="by">Null for a command of the operator.</param>
    /// <returns>A sentence that says what was done.</returns>
    /// <exception cref="OperatorException">One of them is nobody, or both are the same, or both have an
    /// account.</exception>
    public async Task<string> MergeAsync(string kept, string other, string via, Person? by, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await ContentLock.TakeAsync(db, stop);
        var (keep, gone) = (await FindAsync(kept, stop), await FindAsync(other, stop));
        if (keep == gone)
        {
            throw new OperatorException($"'{kept}' and '{other}' are the same person already.");
        }

        await MoveLeadsAsync(keep.Id, gone.Id, stop);
        await MoveKeyAttendeesAsync(keep.Id, gone.Id, stop);
        await MoveSpeakersAsync(keep.Id, gone.Id, stop);
        await db
            .Revisions.Where(r => r.AuthorId == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.AuthorId, keep.Id), stop);
        await MoveAccountAsync(keep, gone, stop);
        await LeadOnAsync(keep, gone, stop);
        var before = JsonSerializer.Serialize(new { kept = Describe(keep), merged = Describe(gone) });
        gone.BecomePartOf(keep);
        db.Record(
            new Act(by == gone ? keep : by, via, clock.GetCurrentInstant()),
            "merged",
            new AuditSubject($"/people/{keep.Slug}"),
            before: before,
            after: JsonSerializer.Serialize(Describe(keep))
        );
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return $"{gone.Name} ({gone.Slug}) is {keep.Name} ({keep.Slug}) now.";
    }

    // Everything that is neither a place in a list nor a record of who did what when.
    private async Task MoveAccountAsync(Person keep, Person gone, CancellationToken stop)
    {
        var accounts = await db.Users.Where(a => a.PersonId == keep.Id || a.PersonId == gone.Id).ToListAsync(stop);
        if (accounts.Count > 1)
        {
            throw new OperatorException(
                $"Both {keep.Slug} and {gone.Slug} have an account: one of the two has to be erased by its owner first."
            );
        }

        accounts.ForEach(account => account.MoveTo(keep));
        await db
            .Organizers.Where(o => o.PersonId == gone.Id && !db.Organizers.Any(k => k.PersonId == keep.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.PersonId, keep.Id), stop);
        await db.Organizers.Where(o => o.PersonId == gone.Id).ExecuteDeleteAsync(stop);
        await db
            .Reviewers.Where(r =>
                r.PersonId == gone.Id
                && !db.Reviewers.Any(k => k.PersonId == keep.Id && k.ConferenceId == r.ConferenceId)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.PersonId, keep.Id), stop);
        await db.Reviewers.Where(r => r.PersonId == gone.Id).ExecuteDeleteAsync(stop);
        await db
            .PersonPictures.Where(p => p.PersonId == gone.Id && !db.PersonPictures.Any(k => k.PersonId == keep.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.PersonId, keep.Id), stop);
        await db
            .WorkingTexts.Where(w =>
                w.PersonId == gone.Id
                && !db.WorkingTexts.Any(k =>
                    k.PersonId == keep.Id
                    && k.ConferenceId == w.ConferenceId
                    && k.MicroconferenceId == w.MicroconferenceId
                    && k.IsOfTopic == w.IsOfTopic
                    && k.TopicId == w.TopicId
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.PersonId, keep.Id), stop);
        await MoveInvitationsAsync(keep.Id, gone.Id, stop);
        await MoveNominationsAsync(keep.Id, gone.Id, stop);
        await db
            .People.Where(p => p.MergedIntoId == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.MergedIntoId, keep.Id), stop);
        await db
            .NewsItems.Where(i => i.ById == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.ById, keep.Id), stop);
        await db
            .Decisions.Where(d => d.ById == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ById, keep.Id), stop);
        await db
            .Releases.Where(r => r.ById == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ById, keep.Id), stop);
        await MoveAcceptedClashesAsync(keep, gone, stop);
        await MoveStarsAsync(keep.Id, gone.Id, stop);
        await db
            .AcceptedClashes.Where(c => c.ById == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ById, keep.Id), stop);
        await db
            .TopicDecisions.Where(d => d.ById == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ById, keep.Id), stop);
        await db
            .Topics.Where(t => t.SubmitterId == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.SubmitterId, keep.Id), stop);
        await db
            .Materials.Where(m => m.ById == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ById, keep.Id), stop);
        await db
            .TopicRevisions.Where(r => r.AuthorId == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.AuthorId, keep.Id), stop);
        await db
            .Notes.Where(n => n.ById == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ById, keep.Id), stop);
        await MoveReviewsAsync(keep.Id, gone.Id, stop);
        await db
            .Letters.Where(l => l.PersonId == gone.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.PersonId, keep.Id), stop);
    }

    // They read at one address: where both had one, that of the one who stays.
    private async Task MoveStarsAsync(int keep, int gone, CancellationToken stop)
    {
        await db
            .Stars.Where(s =>
                s.PersonId == gone
                && !db.Stars.Any(k => k.PersonId == keep && k.ConferenceId == s.ConferenceId && k.Uid == s.Uid)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PersonId, keep), stop);
        await db.Stars.Where(s => s.PersonId == gone).ExecuteDeleteAsync(stop);
        await db
            .StarFeeds.Where(f => f.PersonId == gone && !db.StarFeeds.Any(k => k.PersonId == keep))
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.PersonId, keep), stop);
        await db.StarFeeds.Where(f => f.PersonId == gone).ExecuteDeleteAsync(stop);
        await db
            .Absences.Where(a =>
                a.PersonId == gone
                && !db.Absences.Any(k => k.PersonId == keep && k.ConferenceId == a.ConferenceId && k.During == a.During)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PersonId, keep), stop);
        await db.Absences.Where(a => a.PersonId == gone).ExecuteDeleteAsync(stop);
        await db
            .Absences.Where(a => a.ById == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ById, keep), stop);
    }

    // The keys of clashes begin with the person; what was said about the one who stays counts.
    private async Task MoveAcceptedClashesAsync(Person keep, Person gone, CancellationToken stop)
    {
        var (mine, other) = (FormattableString.Invariant($"{keep.Id}:"), FormattableString.Invariant($"{gone.Id}:"));
        var all = await db
            .AcceptedClashes.Where(c => c.Key.StartsWith(mine) || c.Key.StartsWith(other))
            .ToListAsync(stop);
        var theirs = all.FindAll(c => c.Key.StartsWith(other, StringComparison.Ordinal));
        var known = all.Except(theirs).Select(c => (c.ConferenceId, c.Key)).ToHashSet();
        theirs.ForEach(c => c.Concerns(keep));
        db.AcceptedClashes.RemoveRange(theirs.Where(c => known.Contains((c.ConferenceId, c.Key))));
        await db.SaveChangesAsync(stop);
    }

    // Two open ones to the same are one: the link of the other works no longer.
    private async Task MoveInvitationsAsync(int keep, int gone, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var open = db.Invitations.Where(i => i.AcceptedAt == null && i.DeclinedAt == null && i.WithdrawnAt == null);
        await open.Where(i =>
                i.PersonId == gone
                && open.Any(k =>
                    k.PersonId == keep
                    && k.Kind == i.Kind
                    && k.MicroconferenceId == i.MicroconferenceId
                    && k.TopicId == i.TopicId
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), stop);
        await db
            .Invitations.Where(i => i.PersonId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.PersonId, keep), stop);
        await db
            .Invitations.Where(i => i.InvitedById == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.InvitedById, keep), stop);
    }

    // Of two nominations in one microconference a pass is worth more, as it is a place too.
    private async Task MoveNominationsAsync(int keep, int gone, CancellationToken stop)
    {
        var both = db.Nominations.Where(n =>
            n.PersonId == gone
            && db.Nominations.Any(k => k.PersonId == keep && k.MicroconferenceId == n.MicroconferenceId)
        );
        await db
            .Nominations.Where(k =>
                k.PersonId == keep
                && both.Any(n => n.MicroconferenceId == k.MicroconferenceId && n.Kind == NominationKind.Pass)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.Kind, NominationKind.Pass), stop);
        await both.ExecuteDeleteAsync(stop);
        await db
            .Nominations.Where(n => n.PersonId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.PersonId, keep), stop);
        await db
            .Nominations.Where(n => n.ById == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ById, keep), stop);
        await MoveDistinctionsAsync(keep, gone, stop);
    }

    // Who is another than the one that goes is another than the one who stays; that the two themselves were two is said
    // no longer.
    private async Task MoveDistinctionsAsync(int keep, int gone, CancellationToken stop)
    {
        var of = await db
            .Distinctions.Where(d => d.PersonId == gone || d.OtherId == gone || d.PersonId == keep || d.OtherId == keep)
            .Include(d => d.By)
            .ToListAsync(stop);
        var theirs = of.FindAll(d => d.PersonId == gone || d.OtherId == gone);
        db.Distinctions.RemoveRange(theirs);
        var known = of.Except(theirs).Select(d => d.PersonId == keep ? d.OtherId : d.PersonId).ToHashSet();
        db.Distinctions.AddRange(
            theirs
                .Select(d => (Third: d.PersonId == gone ? d.OtherId : d.PersonId, d.By, d.At))
                .Where(d => d.Third != keep && !known.Contains(d.Third))
                .Select(d => new NotDuplicates(keep, d.Third, d.By, d.At))
        );
        await db.SaveChangesAsync(stop);
        await db
            .Distinctions.Where(d => d.ById == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ById, keep), stop);
    }

    // Where both did the same, what the one who stays did counts.
    private async Task MoveReviewsAsync(int keep, int gone, CancellationToken stop)
    {
        var both = db.Reviews.Where(r =>
            r.ReviewerId == gone
            && db.Reviews.Any(k => k.ReviewerId == keep && k.MicroconferenceId == r.MicroconferenceId)
        );
        await db.Set<Score>().Where(s => both.Any(r => r.Id == s.ReviewId)).ExecuteDeleteAsync(stop);
        await both.ExecuteDeleteAsync(stop);
        await db
            .Reviews.Where(r => r.ReviewerId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ReviewerId, keep), stop);
        await db
            .Assignments.Where(a =>
                a.ReviewerId == gone
                && db.Assignments.Any(k => k.ReviewerId == keep && k.MicroconferenceId == a.MicroconferenceId)
            )
            .ExecuteDeleteAsync(stop);
        await db
            .Assignments.Where(a => a.ReviewerId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ReviewerId, keep), stop);
        await db
            .Assignments.Where(a => a.ById == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ById, keep), stop);
        await db
            .ConflictsOfInterest.Where(c =>
                c.PersonId == gone
                && db.ConflictsOfInterest.Any(k => k.PersonId == keep && k.MicroconferenceId == c.MicroconferenceId)
            )
            .ExecuteDeleteAsync(stop);
        await db
            .ConflictsOfInterest.Where(c => c.PersonId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PersonId, keep), stop);
        await db
            .ConflictsOfInterest.Where(c => c.ById == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ById, keep), stop);
        await db.Remarks.Where(r => r.ById == gone).ExecuteUpdateAsync(set => set.SetProperty(r => r.ById, keep), stop);
    }

    /// <summary>
    /// Whether more than the names says that an account belongs to the person whose roles it would get: an organizer
    /// wrote to that person at the address of the account. Also where no account would get anything, as neither or
    /// both have one.
    /// </summary>
    public async Task<bool> IsProvenAsync(int one, int other, CancellationToken stop)
    {
        var accounts = await db
            .Users.Where(a => a.PersonId == one || a.PersonId == other)
            .Select(a => new
            {
                a.PersonId,
                a.NormalizedEmail,
                a.EmailConfirmed,
            })
            .ToListAsync(stop);
        if (accounts is not [var account])
        {
            return true;
        }

        var named = account.PersonId == one ? other : one;
        var organizers = db.Organizers.Select(o => o.PersonId);
        var invited = db
            .Invitations.Where(i => i.PersonId == named && organizers.Contains(i.InvitedById))
            .Select(i => i.Mail);
        var nominated = db
            .Nominations.Where(n => n.PersonId == named && organizers.Contains(n.ById))
            .Select(n => n.Mail);
        return account.EmailConfirmed
            && (await invited.Concat(nominated).ToListAsync(stop)).Exists(mail =>
                string.Equals(mail, account.NormalizedEmail, StringComparison.OrdinalIgnoreCase)
            );
    }

    private async Task<Person> FindAsync(string slug, CancellationToken stop)
    {
        var people = db.People.Where(p => p.MergedIntoId == null);
        var found = await people.Include(p => p.Aliases).SingleOrDefaultAsync(p => p.Slug == slug, stop);
        if (found is not null)
        {
            return found;
        }

        var key = Person.Key(slug);
        var called = await people
            .Where(p => p.Aliases.Any(alias => alias.Key == key))
            .OrderBy(p => p.Slug)
            .Select(p => p.Slug)
            .ToListAsync(stop);
        throw new OperatorException(
            called.Count == 0
                ? $"There is nobody at '{slug}'. People are named by the last part of the address of their page."
                : $"There is nobody at '{slug}'. People of that name: {string.Join(", ", called)}."
        );
    }

    // Where both stand in one list, the one who stays takes the better of the two places. The same for all three lists,
    // spelled out since each has its own key.
    private async Task MoveLeadsAsync(int keep, int gone, CancellationToken stop)
    {
        var both = db.Leads.Where(theirs =>
            theirs.PersonId == gone
            && db.Leads.Any(l => l.PersonId == keep && l.MicroconferenceId == theirs.MicroconferenceId)
        );
        await db
            .Leads.Where(l =>
                l.PersonId == keep
                && both.Any(theirs => theirs.MicroconferenceId == l.MicroconferenceId && theirs.Position < l.Position)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                        l => l.Position,
                        l => both.Where(b => b.MicroconferenceId == l.MicroconferenceId).Min(b => b.Position)
                    ),
                stop
            );
        await both.ExecuteDeleteAsync(stop);
        await db
            .Leads.Where(l => l.PersonId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.PersonId, keep), stop);
    }

    private async Task MoveKeyAttendeesAsync(int keep, int gone, CancellationToken stop)
    {
        var both = db.KeyAttendees.Where(theirs =>
            theirs.PersonId == gone
            && db.KeyAttendees.Any(k => k.PersonId == keep && k.MicroconferenceId == theirs.MicroconferenceId)
        );
        await db
            .KeyAttendees.Where(k =>
                k.PersonId == keep
                && both.Any(theirs => theirs.MicroconferenceId == k.MicroconferenceId && theirs.Position < k.Position)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                        k => k.Position,
                        k => both.Where(b => b.MicroconferenceId == k.MicroconferenceId).Min(b => b.Position)
                    ),
                stop
            );

        // Only the other may have answered.
        await db
            .KeyAttendees.Where(k =>
                k.PersonId == keep
                && k.ConfirmedAt == null
                && k.DeclinedAt == null
                && both.Any(theirs => theirs.MicroconferenceId == k.MicroconferenceId)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                            k => k.Attendance,
                            k => both.First(b => b.MicroconferenceId == k.MicroconferenceId).Attendance
                        )
                        .SetProperty(
                            k => k.ConfirmedAt,
                            k => both.First(b => b.MicroconferenceId == k.MicroconferenceId).ConfirmedAt
                        )
                        .SetProperty(
                            k => k.DeclinedAt,
                            k => both.First(b => b.MicroconferenceId == k.MicroconferenceId).DeclinedAt
                        ),
                stop
            );
        await both.ExecuteDeleteAsync(stop);
        await db
            .KeyAttendees.Where(k => k.PersonId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.PersonId, keep), stop);
    }

    private async Task MoveSpeakersAsync(int keep, int gone, CancellationToken stop)
    {
        var both = db.Speakers.Where(theirs =>
            theirs.PersonId == gone && db.Speakers.Any(s => s.PersonId == keep && s.TopicId == theirs.TopicId)
        );
        await db
            .Speakers.Where(s =>
                s.PersonId == keep && both.Any(theirs => theirs.TopicId == s.TopicId && theirs.Position < s.Position)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.Position, s => both.Where(b => b.TopicId == s.TopicId).Min(b => b.Position)),
                stop
            );
        await db
            .Speakers.Where(s =>
                s.PersonId == keep
                && s.ConfirmedAt == null
                && s.DeclinedAt == null
                && both.Any(theirs => theirs.TopicId == s.TopicId)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.Attendance, s => both.First(b => b.TopicId == s.TopicId).Attendance)
                        .SetProperty(s => s.ConfirmedAt, s => both.First(b => b.TopicId == s.TopicId).ConfirmedAt)
                        .SetProperty(s => s.DeclinedAt, s => both.First(b => b.TopicId == s.TopicId).DeclinedAt),
                stop
            );
        await both.ExecuteDeleteAsync(stop);
        await db
            .Speakers.Where(s => s.PersonId == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PersonId, keep), stop);
    }

    // A person has an address at every conference.
    private async Task LeadOnAsync(Person keep, Person gone, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var conferences = await db.Conferences.Select(c => c.Slug).ToListAsync(stop);
        var moved = conferences.ToDictionary(
            conference => $"/{conference}/people/{gone.Slug}",
            conference => $"/{conference}/people/{keep.Slug}",
            StringComparer.Ordinal
        );
        var known = await db
            .Redirects.Where(r =>
                moved.Keys.Contains(r.From) || moved.Keys.Contains(r.To) || moved.Values.Contains(r.From)
            )
            .ToListAsync(stop);

        // Somebody lives at the address that stays, so it leads nowhere else.
        db.Redirects.RemoveRange(known.Where(r => moved.ContainsValue(r.From)));
        foreach (var redirect in known.Where(r => moved.ContainsKey(r.To) && !moved.ContainsValue(r.From)))
        {
            redirect.PointTo(moved[redirect.To]);
        }

        foreach (var (from, to) in moved)
        {
            if (known.Find(r => r.From == from) is { } redirect)
            {
                redirect.PointTo(to);
            }
            else
            {
                db.Redirects.Add(new Redirect(from, to, now));
            }
        }
    }

    private static object Describe(Person person) =>
        new
        {
            slug = person.Slug,
            name = person.Name,
            spellings = person.Aliases.Select(alias => alias.Name).ToList(),
        };
}
