using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Shared;

/// <summary>Changes what one reader gets, while their letter is held by those who may open the page.</summary>
public abstract class HeldEmailPage(LpcDbContext db, IClock clock) : FormPage
{
    protected override bool HasOneForm => true;

    [FromRoute]
    public long Id { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Email Letter { get; private set; } = null!;

    /// <summary>The page on which it is released.</summary>
    public string Outbox { get; protected set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = new() { Subject = Letter.Subject, Text = Letter.Text };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        // Locked, so that it is either still held or already on its way.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        return await ActAsync(
            async () =>
            {
                var before = Describe();
                Letter.Rewrite(Input.Subject!.Trim(), Input.Text!);

                db.Record(
                    new Act(await db.MeAsync(User, stop), "letters", clock.GetCurrentInstant()),
                    "changed a held letter",
                    new AuditSubject(
                        FormattableString.Invariant($"{Outbox}#{Id}"),
                        Letter.ConferenceId,
                        Letter.MicroconferenceId
                    ),
                    before: before,
                    after: Describe()
                );
                await db.SaveChangesAsync(stop);
                await transaction.CommitAsync(stop);
                return Done.Say($"The letter to {Letter.ToName} is changed, and still held.").GoTo(Outbox);
            },
            stop
        );
    }

    /// <summary>Says which letters stand in the outbox of whoever opens the page, and where that is.</summary>
    /// <returns>Null where they have none.</returns>
    protected abstract Task<Expression<Func<Email, bool>>?> MineAsync(CancellationToken stop);

    private string Describe() => JsonSerializer.Serialize(new { subject = Letter.Subject, text = Letter.Text });

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        if (
            await MineAsync(stop) is not { } mine
            || await db
                .Letters.FromSql(
                    $"SELECT * FROM letters WHERE id = {Id} AND NOT is_secret AND state = 'Held' FOR UPDATE"
                )
                .Where(mine)
                .SingleOrDefaultAsync(stop)
                is not { } email
        )
        {
            return NotFound();
        }

        Letter = email;
        return null;
    }

    public class InputModel
    {
        [Required(ErrorMessage = "A letter has a subject.")]
        [StringLength(Email.SubjectMaxLength, ErrorMessage = "The subject has at most {1} characters.")]
        public string? Subject { get; set; }

        [Required(ErrorMessage = "A letter has a text.")]
        [StringLength(Email.TextMaxLength, ErrorMessage = "A letter has at most {1} characters.")]
        [DataType(DataType.MultilineText)]
        public string? Text { get; set; }
    }
}
