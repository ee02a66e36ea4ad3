using System.Text.Encodings.Web;
using System.Text.Json;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Materials;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Accounts.Privacy;

/// <summary>
/// Everything that the site has about one person, for themselves, as JSON. Times are in UTC (RFC 3339).
/// </summary>
public sealed class AccountExport(LpcDbContext db)
{
    // It is a file, not a part of a page: names stand in it as they are.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>UTF-8.</returns>
    public async Task<byte[]> WriteAsync(Account account, CancellationToken stop)
    {
        var id = account.PersonId;
        var me = await db.People.AsNoTracking().Include(p => p.Aliases).SingleAsync(p => p.Id == id, stop);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                person = await DescribeAsync(me, stop),
                account = await DescribeAsync(account, stop),
                roles = await RolesAsync(id, stop),
                schedule = await ScheduleAsync(id, stop),
                texts = await TextsAsync(id, stop),
                materials = await MaterialsAsync(id, stop),
                reviewing = await ReviewingAsync(id, stop),
                letters = await LettersAsync(id, stop),
                record = (
                    await db
                        .AuditEntries.AsNoTracking()
                        .Where(a => a.PersonId == id)
                        .OrderBy(a => a.Id)
                        .ToListAsync(stop)
                ).Select(a => new
                {
                    at = At(a.At),
                    a.Via,
                    a.Verb,
                    a.Subject,
                    a.Before,
                    a.After,
                }),
            },
            Options
        );
    }

    private async Task<object> DescribeAsync(Person me, CancellationToken stop) =>
        new
        {
            me.Slug,
            me.Name,
            spellings = me.Aliases.Select(a => a.Name).Order(StringComparer.Ordinal),
            me.Affiliation,
            bio = me.Bio.Source,
            zone = me.Zone?.Id,
            letters = me.Mail.ToString(),
            picture = await db
                .PersonPictures.Where(p => p.PersonId == me.Id)
                .Select(p => new { p.MediaType, p.Bytes })
                .SingleOrDefaultAsync(stop),
        };

    private async Task<object> DescribeAsync(Account account, CancellationToken stop) =>
        new
        {
            mail = account.Email,
            mailIsProven = account.EmailConfirmed,
            createdAt = At(account.CreatedAt),
            hasPassword = account.PasswordHash is not null,
            hasSecondStep = account.TwoFactorEnabled,
            passkeys = await db
                .UserPasskeys.Where(p => p.UserId == account.Id)
                .Select(p => new { p.Data.Name, p.Data.CreatedAt })
                .ToListAsync(stop),
            recoveryCodesLeft = await db.RecoveryCodes.CountAsync(c => c.AccountId == account.Id, stop),
            signedInOn = (
                await db
                    .AccountSessions.AsNoTracking()
                    .Where(s => s.AccountId == account.Id)
                    .OrderBy(s => s.StartedAt)
                    .ThenBy(s => s.Id)
                    .ToListAsync(stop)
            ).Select(s => new
            {
                s.Device,
                startedAt = At(s.StartedAt),
                lastUsedAt = At(s.LastUsedAt),
                endsAt = At(s.EndsAt),
            }),
            otherSites = await db
                .UserLogins.Where(l => l.UserId == account.Id)
                .Select(l => l.ProviderDisplayName)
                .ToListAsync(stop),
        };

    private async Task<object> RolesAsync(int id, CancellationToken stop) =>
        new
        {
            leads = await db
                .Microconferences.Where(m => m.Leads.Any(l => l.PersonId == id))
                .OrderBy(m => m.Id)
                .Select(m => $"/{m.Conference.Slug}/mc/{m.Slug}")
                .ToListAsync(stop),
            isNeededAt = await db
                .Microconferences.Where(m => m.KeyAttendees.Any(k => k.PersonId == id))
                .OrderBy(m => m.Id)
                .Select(m => $"/{m.Conference.Slug}/mc/{m.Slug}")
                .ToListAsync(stop),
            speaksAbout = await db
                .Microconferences.SelectMany(
                    m => m.Topics.Where(t => t.Speakers.Any(s => s.PersonId == id)),
                    (m, t) =>
                        new
                        {
                            microconference = $"/{m.Conference.Slug}/mc/{m.Slug}",
                            t.Id,
                            t.Title,
                        }
                )
                .OrderBy(t => t.Id)
                .ToListAsync(stop),
            submitted = await db
                .Microconferences.SelectMany(
                    m => m.Topics.Where(t => t.SubmitterId == id),
                    (m, t) =>
                        new
                        {
                            microconference = $"/{m.Conference.Slug}/mc/{m.Slug}",
                            t.Id,
                            t.Title,
                            status = t.Status.ToString(),
                            text = t.Details.Source,
                            t.Availability,
                        }
                )
                .OrderBy(t => t.Id)
                .ToListAsync(stop),
            organizes = await db.Organizers.AnyAsync(o => o.PersonId == id, stop),
            reviewsFor = await db
                .Reviewers.Where(r => r.PersonId == id)
                .OrderBy(r => r.ConferenceId)
                .Select(r => r.Conference.Slug)
                .ToListAsync(stop),
            answers = await AnswersAsync(id, stop),
            nominations = await db
                .Nominations.Where(n => n.PersonId == id)
                .OrderBy(n => n.Id)
                .Join(
                    db.Microconferences,
                    n => n.MicroconferenceId,
                    m => m.Id,
                    (n, m) =>
                        new
                        {
                            microconference = $"/{m.Conference.Slug}/mc/{m.Slug}",
                            kind = n.Kind.ToString(),
                            n.Mail,
                        }
                )
                .ToListAsync(stop),
            invitations = (
                await db
                    .Invitations.Where(i => i.PersonId == id)
                    .OrderBy(i => i.Id)
                    .Select(i => new
                    {
                        to = i.Kind.ToString(),
                        i.Mail,
                        i.CreatedAt,
                        i.AcceptedAt,
                        i.DeclinedAt,
                    })
                    .ToListAsync(stop)
            ).Select(i => new
            {
                i.to,
                i.Mail,
                createdAt = At(i.CreatedAt),
                acceptedAt = At(i.AcceptedAt),
                declinedAt = At(i.DeclinedAt),
            }),
            invited = await InvitedAsync(id, stop),
        };

    // Whom they invited and where to, as they typed it; what became of it is for the others to tell.
    private async Task<object> InvitedAsync(int id, CancellationToken stop) =>
        (
            await db
                .Invitations.Where(i => i.InvitedById == id)
                .OrderBy(i => i.Id)
                .Select(i => new
                {
                    To = i.Kind,
                    Microconference = i.Microconference == null
                        ? null
                        : $"/{i.Microconference.Conference.Slug}/mc/{i.Microconference.Slug}",
                    i.TopicId,
                    Person = i.Person.Slug,

                    // The address of an account is known to the site, and was not typed by them.
                    Mail = db.Users.Any(a => a.PersonId == i.PersonId && a.Email == i.Mail) ? null : i.Mail,
                    i.CreatedAt,
                    i.WithdrawnAt,
                })
                .ToListAsync(stop)
        ).Select(i => new
        {
            to = i.To.ToString(),
            i.Microconference,
            topic = i.TopicId,
            i.Person,
            i.Mail,
            createdAt = At(i.CreatedAt),
            withdrawnAt = At(i.WithdrawnAt),
        });

    // What they said about coming and speaking.
    private async Task<object> AnswersAsync(int id, CancellationToken stop) =>
        new
        {
            speaks = (
                await db
                    .Speakers.Where(s => s.PersonId == id)
                    .OrderBy(s => s.TopicId)
                    .Select(s => new
                    {
                        s.TopicId,
                        s.Attendance,
                        s.IsAlternative,
                        s.ConfirmedAt,
                        s.DeclinedAt,
                    })
                    .ToListAsync(stop)
            ).Select(s => new
            {
                topic = s.TopicId,
                attendance = s.Attendance.ToString(),
                s.IsAlternative,
                confirmedAt = At(s.ConfirmedAt),
                declinedAt = At(s.DeclinedAt),
            }),
            comes = (
                await db
                    .KeyAttendees.Where(k => k.PersonId == id)
                    .OrderBy(k => k.MicroconferenceId)
                    .Join(
                        db.Microconferences,
                        k => k.MicroconferenceId,
                        m => m.Id,
                        (k, m) =>
                            new
                            {
                                microconference = $"/{m.Conference.Slug}/mc/{m.Slug}",
                                k.Attendance,
                                k.ConfirmedAt,
                                k.DeclinedAt,
                            }
                    )
                    .ToListAsync(stop)
            ).Select(k => new
            {
                k.microconference,
                attendance = k.Attendance.ToString(),
                confirmedAt = At(k.ConfirmedAt),
                declinedAt = At(k.DeclinedAt),
            }),
        };

    // What they want to see, when they cannot be there, and where their calendar reads it.
    private async Task<object> ScheduleAsync(int id, CancellationToken stop) =>
        new
        {
            stars = (
                await db
                    .Stars.Where(s => s.PersonId == id)
                    .OrderBy(s => s.ConferenceId)
                    .ThenBy(s => s.Uid)
                    .Join(
                        db.Conferences,
                        s => s.ConferenceId,
                        c => c.Id,
                        (s, c) =>
                            new
                            {
                                conference = c.Slug,
                                s.Uid,
                                s.At,
                            }
                    )
                    .ToListAsync(stop)
            ).Select(s => new
            {
                s.conference,
                s.Uid,
                at = At(s.At),
            }),
            isAway = (
                await db
                    .Absences.Where(a => a.PersonId == id)
                    .OrderBy(a => a.Id)
                    .Join(
                        db.Conferences,
                        a => a.ConferenceId,
                        c => c.Id,
                        (a, c) =>
                            new
                            {
                                conference = c.Slug,
                                a.During,
                                a.Note,
                            }
                    )
                    .ToListAsync(stop)
            ).Select(a => new
            {
                a.conference,
                starts = At(a.During.Start),
                ends = At(a.During.End),
                a.Note,
            }),
            feed = await db.StarFeeds.Where(f => f.PersonId == id).Select(f => f.Token).SingleOrDefaultAsync(stop),
        };

    private async Task<object> TextsAsync(int id, CancellationToken stop) =>
        new
        {
            saved = (
                await db
                    .Revisions.Where(r => r.AuthorId == id)
                    .OrderBy(r => r.Id)
                    .Join(
                        db.Microconferences,
                        r => r.MicroconferenceId,
                        m => m.Id,
                        (r, m) =>
                            new
                            {
                                Conference = m.Conference.Slug,
                                m.Slug,
                                r.Number,
                                r.SavedAt,
                                r.Summary,
                                Description = r.Description.Source,
                                Results = r.Results.Source,
                            }
                    )
                    .ToListAsync(stop)
            ).Select(r => new
            {
                revision = FormattableString.Invariant($"/{r.Conference}/mc/{r.Slug}/history/{r.Number}"),
                savedAt = At(r.SavedAt),
                r.Summary,
                r.Description,
                r.Results,
            }),
            topics = await TopicTextsAsync(id, stop),
            notes = (
                await db
                    .Notes.Where(n => n.ById == id)
                    .OrderBy(n => n.Id)
                    .Select(n => new
                    {
                        Of = db
                            .Microconferences.Where(m =>
                                m.Id == n.MicroconferenceId || m.Topics.Any(t => t.Id == n.TopicId)
                            )
                            .Select(m => $"/{m.Conference.Slug}/mc/{m.Slug}")
                            .First(),
                        n.TopicId,
                        n.SavedAt,
                        n.Text.Source,
                    })
                    .ToListAsync(stop)
            ).Select(n => new
            {
                microconference = n.Of,
                topic = n.TopicId,
                savedAt = At(n.SavedAt),
                text = n.Source,
            }),
            notSavedYet = await db
                .WorkingTexts.Where(w => w.PersonId == id && w.Fields != null)
                .OrderBy(w => w.Id)
                .Select(w => w.Fields)
                .ToListAsync(stop),
        };

    private async Task<object> TopicTextsAsync(int id, CancellationToken stop) =>
        (
            await db
                .TopicRevisions.Where(r => r.AuthorId == id)
                .OrderBy(r => r.TopicId)
                .ThenBy(r => r.Number)
                .Select(r => new
                {
                    r.TopicId,
                    r.Number,
                    r.SavedAt,
                    r.Title,
                    r.Source,
                })
                .ToListAsync(stop)
        ).Select(r => new
        {
            topic = r.TopicId,
            revision = r.Number,
            savedAt = At(r.SavedAt),
            r.Title,
            text = r.Source,
        });

    // Files stand at their address; their hash says which one is meant.
    private async Task<object> MaterialsAsync(int id, CancellationToken stop) =>
        (
            await db
                .Materials.Where(m => m.ById == id)
                .OrderBy(m => m.Id)
                .Select(m => new
                {
                    m.Id,
                    m.TopicId,
                    m.Kind,
                    m.Number,
                    m.Title,
                    m.Url,
                    m.FileName,
                    m.Size,
                    m.Hash,
                    m.AddedAt,
                    m.RemovedAt,
                })
                .ToListAsync(stop)
        ).Select(m => new
        {
            m.TopicId,
            kind = m.Kind.ToString(),
            m.Number,
            m.Title,
            url = m.Url ?? MaterialLine.PathOf(m.Id, m.FileName!),
            m.FileName,
            m.Size,
            m.Hash,
            addedAt = At(m.AddedAt),
            removedAt = At(m.RemovedAt),
        });

    private async Task<object> ReviewingAsync(int id, CancellationToken stop) =>
        new
        {
            reviews = (
                await db
                    .Reviews.AsNoTracking()
                    .Include(r => r.Scores)
                    .Include(r => r.Microconference.Conference)
                    .Where(r => r.ReviewerId == id)
                    .OrderBy(r => r.Id)
                    .ToListAsync(stop)
            ).Select(r => new
            {
                r.Microconference.Path,
                savedAt = At(r.SavedAt),
                confidence = r.Confidence.ToString(),
                scores = r.Scores.Select(s => s.Value),
                text = r.Text.Source,
            }),
            remarks = (
                await db
                    .Remarks.AsNoTracking()
                    .Include(r => r.Microconference.Conference)
                    .Where(r => r.ById == id)
                    .OrderBy(r => r.Id)
                    .ToListAsync(stop)
            ).Select(r => new
            {
                r.Microconference.Path,
                at = At(r.At),
                audience = r.Audience.ToString(),
                text = r.Text.Source,
            }),
            assigned = await db
                .Assignments.Where(a => a.ReviewerId == id)
                .OrderBy(a => a.MicroconferenceId)
                .Select(a => $"/{a.Microconference.Conference.Slug}/mc/{a.Microconference.Slug}")
                .ToListAsync(stop),
            tooCloseTo = await db
                .ConflictsOfInterest.Where(c => c.PersonId == id)
                .OrderBy(c => c.MicroconferenceId)
                .Select(c => new
                {
                    microconference = $"/{c.Microconference.Conference.Slug}/mc/{c.Microconference.Slug}",
                    c.Reason,
                })
                .ToListAsync(stop),
        };

    // A link that lets its reader in stays in the letter that carries it, and what a decision says is nobody's before
    // it is released.
    private async Task<object> LettersAsync(int id, CancellationToken stop) =>
        (
            await db
                .Letters.Where(l => l.PersonId == id && l.State != EmailState.Held && l.State != EmailState.Void)
                .OrderBy(l => l.Id)
                .Select(l => new
                {
                    l.ToAddress,
                    l.Subject,
                    Text = l.IsSecret ? null : l.Text,
                    Calendar = l.IsSecret ? null : l.Calendar,
                    l.State,
                    l.CreatedAt,
                    l.SentAt,
                })
                .ToListAsync(stop)
        ).Select(l => new
        {
            l.ToAddress,
            l.Subject,
            l.Text,
            l.Calendar,
            state = l.State.ToString(),
            createdAt = At(l.CreatedAt),
            sentAt = At(l.SentAt),
        });

    private static string? At(Instant? instant) => instant is { } at ? InstantPattern.ExtendedIso.Format(at) : null;
}
