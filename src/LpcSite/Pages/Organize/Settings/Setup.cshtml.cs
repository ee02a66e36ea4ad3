using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>
/// What a conference is called, when and where it is, and its rooms. Dates that move leave things behind, which is said
/// before.
/// </summary>
public class SetupModel(LpcDbContext db, ConferenceSettings setup) : FormPage
{
    protected override bool HasOneForm => true;

    [BindProperty]
    public SetupInput Input { get; set; } = new();

    [BindProperty]
    public string? Change { get; set; }

    /// <summary>What stays where it is when the dates or the zone change, a sentence each.</summary>
    public IReadOnlyList<string> Consequences { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) =>
        Input = SetupInput.Of(await setup.FindAsync(HttpContext.Conference().Id, stop));

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (RowChange.Apply(Change, nameof(Input.Rooms), Input.Rooms, () => new SetupInput.RoomInput()))
        {
            ModelState.Clear();
            return Page();
        }

        var facts = Input.Read(ModelState);
        return await ActAsync(
            async () =>
            {
                var conference = await setup.FindAsync(HttpContext.Conference().Id, stop);
                Consequences = await setup.ConsequencesAsync(conference, facts!, stop);
                if (Consequences.Count > 0 && !Input.Sure)
                {
                    return Done.With(this.Invalid());
                }

                await setup.ChangeAsync(
                    conference,
                    facts!,
                    Input.ToRooms(),
                    Input.Version,
                    await db.MeAsync(User, stop),
                    stop
                );
                return Done.Say("Saved.");
            },
            stop
        );
    }

    protected override string? VersionField => "Input.Version";

    protected override async Task RenewVersionAsync(CancellationToken stop) =>
        Input.Version = await db.Conferences.VersionAsync(HttpContext.Conference().Id, stop);
}
