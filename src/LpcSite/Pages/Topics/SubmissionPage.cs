using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Microconferences;
using LpcSite.Topics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Topics;

/// <summary>What the pages on which a topic is submitted have in common.</summary>
[Authorize]
public abstract class SubmissionPage(LpcDbContext db, Submitting submitting, WorkingTexts working) : PageModel
{
    [FromRoute] public required string Slug { get; init; }

    [BindProperty] public SubmissionInput Input { get; set; } = new();

    /// <summary><c>submit</c> when it is to be sent to the leads once it is saved.</summary>
    [BindProperty] public string? Then { get; set; }

    /// <summary>Of a late link: lets a topic in after the deadline.</summary>
    [FromQuery] public string? Late { get; init; }

    public Microconference Microconference { get; private set; } = null!;
    public Deadline Deadline { get; private set; } = null!;

    /// <summary>Null for a new one.</summary>
    public Topic? Topic { get; protected set; }

    protected LpcDbContext Db => db;

    /// <returns>False where there is no such microconference for the reader.</returns>
    protected async Task<bool> FindAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var found = await db.Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == Slug).VisibleTo(User)
            .Include(m => m.Conference).Include(m => m.Leads).ThenInclude(l => l.Person).SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return false;
        }

        (Microconference, Deadline) = (found, await submitting.DeadlineAsync(found, stop));
        return true;
    }

    /// <summary>Saves what was typed, and sends it where that was asked for.</summary>
    protected async Task<IActionResult> SaveAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        try
        {
            var me = await db.MeAsync(User, stop);
            var isNew = Topic is null;
            var form = WorkingTexts.Form.OfTopic(Microconference.ConferenceId, Microconference.Id, Topic?.Id, me.Id);
            Topic = await submitting.SaveAsync(Microconference, Topic, Input.ToText(), me, stop);

            // What he had typed and not saved is saved now, so that it is offered to him no more.
            await working.ForgetAsync(form, stop);
            this.Say(Then == "submit" && Topic.Asked is not null ? await submitting.AnswerAsync(Microconference, Topic, me, HttpContext.Origin(), stop)
                : Then == "submit" ? await submitting.TrySubmitAsync(Microconference, Topic, Late, me, HttpContext.Origin(), stop)
                : Topic.SubmittedAt is not null ? "Saved."
                : isNew ? "Your draft is kept. Only you and the speakers whom you name see it." : "The draft is saved.");
            return Redirect(FormattableString.Invariant($"{Microconference.Path}/submit/{Topic.Id}{(Late is null ? "" : $"?late={Uri.EscapeDataString(Late)}")}"));
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
            return this.Invalid();
        }
    }
}
