using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Results;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage;

/// <summary>
/// Makes next year's draft of a microconference. It writes to a later conference, so that this one may be archived
/// already.
/// </summary>
[WritesToArchived]
public class RenewModel(LpcDbContext db, IAuthorizationService authorization, Renewal renewal)
    : ManagePage(db, authorization)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The later ones of which the reader may know, the next one first.</summary>
    public IReadOnlyList<Later> Conferences { get; private set; } = [];

    public IReadOnlyList<Item> Topics { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        await ShowAsync(stop);
        Input = new()
        {
            Conference = Conferences.Count > 0 ? Conferences[0].Id : 0,
            Topics = [.. Topics.Where(t => !t.HasNotes).Select(t => t.Id)],
        };
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await ShowAsync(stop);
                Rule.Require(Conferences.Any(c => c.Id == Input.Conference), "Choose for which conference.");
                var draft = await renewal.RenewAsync(
                    Microconference,
                    Input.Conference,
                    Input.Topics,
                    await Db.MeAsync(User, stop),
                    HttpContext.Origin(),
                    stop
                );
                return Done.Say(
                        $"This is the draft for {draft.Conference.ShortName}. Its leads and the organizers see it, "
                            + "and the other leads are told."
                    )
                    .GoTo($"{draft.Path}/edit");
            },
            stop
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var (starts, sees, id) = (Microconference.Conference.StartsOn, User.IsOrganizer(), Microconference.Id);
        Conferences = await Db
            .Conferences.Where(c =>
                c.StartsOn > starts
                && (c.State == ConferenceState.Public || sees && c.State == ConferenceState.Preparing)
            )
            .OrderBy(c => c.StartsOn)
            .ThenBy(c => c.Id)
            .Select(c => new Later(c.Id, c.ShortName))
            .ToListAsync(stop);
        Topics = await Db
            .Topics.Where(t => t.MicroconferenceId == id)
            .Public()
            .OrderBy(t => t.Position)
            .ThenBy(t => t.Id)
            .Select(t => new Item(t.Id, t.Title, Db.Notes.Any(n => n.TopicId == t.Id && n.Text.Source != "")))
            .ToListAsync(stop);
    }

    public class InputModel
    {
        public int Conference { get; set; }

        /// <summary>The numbers of those that go on.</summary>
        [MaxLength(LpcSite.Topics.Topic.MaxOfMicroconference, ErrorMessage = "Use at most {1} topics.")]
        public List<int> Topics { get; set; } = [];
    }

    public sealed record Later(int Id, string ShortName);

    public sealed record Item(int Id, string Title, bool HasNotes);
}
