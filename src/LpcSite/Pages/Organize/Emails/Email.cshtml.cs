using System.Text;
using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Emails.Sending;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.Emails;

/// <summary>One letter: its text, what happened to it, and what an organizer can do about it.</summary>
public class EmailModel(LpcDbContext db, EmailSending post, IClock clock) : FormPage
{
    [FromRoute]
    public long Id { get; init; }

    public Email Letter { get; private set; } = null!;
    public IReadOnlyList<EmailAttempt> Attempts { get; private set; } = [];
    public string? Problem => Problems.All(ModelState) is [var first, ..] ? first : null;

    public string MessageId => $"<{post.Writer.IdOf(Letter.Reference)}>";

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    /// <summary>The calendar that goes with it, as its reader gets it.</summary>
    public async Task<IActionResult> OnGetCalendarAsync(CancellationToken stop) =>
        await FindAsync(stop) is null && Letter is { IsSecret: false, Calendar: { } calendar }
            ? File(Encoding.UTF8.GetBytes(calendar), "text/calendar; charset=utf-8", Email.CalendarFile)
            : NotFound();

    public Task<IActionResult> OnPostStopAsync(CancellationToken stop) =>
        ChangeAsync("stop", static (email, _) => email.Stop(), "The letter is stopped and will not be sent.", stop);

    public Task<IActionResult> OnPostSendAgainAsync(CancellationToken stop) =>
        ChangeAsync("send again", static (email, now) => email.SendAgain(now), "The letter is on its way again.", stop);

    private Task<IActionResult> ChangeAsync(
        string verb,
        Action<Email, Instant> change,
        string said,
        CancellationToken stop
    ) =>
        ActAsync(
            async () =>
            {
                // Locked, so that it is either still here to be stopped or already in the sender's hands.
                await using var transaction = await db.Database.BeginTransactionAsync(stop);
                var conference = HttpContext.Conference();
                var email = await db
                    .Letters.FromSql($"SELECT * FROM letters WHERE id = {Id} FOR UPDATE")
                    .SeenFrom(conference.Id)
                    .SingleOrDefaultAsync(stop);
                if (email is null)
                {
                    return Done.With(NotFound());
                }

                var (before, now) = (State(email), clock.GetCurrentInstant());
                change(email, now);

                var me = await db.People.SingleAsync(p => p.Id == User.PersonId(), stop);
                db.Record(
                    new Act(me, "letters", now),
                    verb,
                    new AuditSubject(
                        $"{conference.Path}/organize/letters/{Id}",
                        email.ConferenceId,
                        email.MicroconferenceId
                    ),
                    before: before,
                    after: State(email)
                );
                await db.SaveChangesAsync(stop);
                await transaction.CommitAsync(stop);
                return Done.Say(said);
            },
            stop
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        if (
            await db
                .Letters.AsNoTracking()
                .SeenFrom(HttpContext.Conference().Id)
                .SingleOrDefaultAsync(l => l.Id == Id, stop)
            is not { } email
        )
        {
            return NotFound();
        }

        Letter = email;
        Attempts = await db
            .LetterAttempts.AsNoTracking()
            .Where(a => a.LetterId == Id)
            .OrderBy(a => a.Id)
            .ToListAsync(stop);
        return null;
    }

    private static string State(Email email) =>
        JsonSerializer.Serialize(new { state = email.State.ToString(), attempts = email.Attempts });
}
