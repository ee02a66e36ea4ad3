using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Decisions;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.Decisions;

/// <summary>
/// What the letters about decisions say at this conference: one text a verdict, with fields for what differs.
/// </summary>
public class TemplatesModel(LpcDbContext db, IClock clock) : PageModel
{
    [MaxLength(50, ErrorMessage = "Use at most {1} texts.")]
    [BindProperty]
    public List<InputModel> Input { get; set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        var own = await db
            .LetterTemplates.AsNoTracking()
            .Where(t => t.ConferenceId == id)
            .ToDictionaryAsync(t => t.Verdict, stop);
        Input =
        [
            .. Enum.GetValues<Verdict>()
                .Select(verdict => own.GetValueOrDefault(verdict) ?? EmailTemplate.DefaultOf(id, verdict))
                .Select(t => new InputModel
                {
                    Verdict = t.Verdict,
                    Subject = t.Subject,
                    Text = t.Text,
                }),
        ];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        for (var i = 0; i < Input.Count; i++)
        {
            Check($"Input[{i}].Subject", Input[i].Subject, EmailTemplate.SubjectMaxLength);
            Check($"Input[{i}].Text", Input[i].Text, EmailTemplate.TextMaxLength);
        }

        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var conference = HttpContext.Conference();
        var own = await db
            .LetterTemplates.Where(t => t.ConferenceId == conference.Id)
            .ToDictionaryAsync(t => t.Verdict, stop);
        foreach (
            var typed in Input.DistinctBy(typed => typed.Verdict).Where(typed => !IsAsBefore(typed, own, conference.Id))
        )
        {
            var template =
                own.GetValueOrDefault(typed.Verdict)
                ?? db.LetterTemplates.Add(new EmailTemplate(conference.Id, typed.Verdict)).Entity;
            var before = template.Text;
            template.Write(typed.Subject!.Trim(), typed.Text!.Trim());
            db.Record(
                new Act(await db.MeAsync(User, stop), "templates", clock.GetCurrentInstant()),
                $"changed the letter about {typed.Verdict}",
                new AuditSubject($"{conference.Path}/organize/templates", conference.Id),
                before: System.Text.Json.JsonSerializer.Serialize(before),
                after: System.Text.Json.JsonSerializer.Serialize(template.Text)
            );
        }

        if (!await db.TrySaveAsync(stop))
        {
            ModelState.AddModelError(
                "",
                "Somebody else changed these texts at the same moment. Yours stand below; compare them, then save "
                    + "again."
            );
            return this.Invalid();
        }

        this.Say("The texts are saved, for letters that are written from now on.");
        return RedirectToPage(new { conference = conference.Slug });
    }

    private static bool IsAsBefore(InputModel typed, Dictionary<Verdict, EmailTemplate> own, int conferenceId)
    {
        var before = own.GetValueOrDefault(typed.Verdict) ?? EmailTemplate.DefaultOf(conferenceId, typed.Verdict);
        return before.Subject == typed.Subject!.Trim()
            && before.Text.Trim() == typed.Text!.ReplaceLineEndings("\n").Trim();
    }

    private void Check(string field, string? text, int maxLength)
    {
        if (EmailTemplate.Problem(text ?? "", maxLength) is { } problem)
        {
            ModelState.AddModelError(field, problem);
        }
    }

    public class InputModel
    {
        public Verdict Verdict { get; set; }

        [MaxLength(EmailTemplate.SubjectMaxLength, ErrorMessage = "The subject has at most {1} characters.")]
        public string? Subject { get; set; }

        [DataType(DataType.MultilineText)]
        [MaxLength(EmailTemplate.TextMaxLength, ErrorMessage = "The text has at most {1} characters.")]
        public string? Text { get; set; }
    }
}
