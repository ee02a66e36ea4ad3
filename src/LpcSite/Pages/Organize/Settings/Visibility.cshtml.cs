using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>Shows a conference to everybody, takes it back, archives it and opens it again.</summary>
[WritesToArchived]
public class VisibilityModel(LpcDbContext db, ConferenceSettings setup) : FormPage
{
    [BindProperty]
    public uint Version { get; set; }

    [BindProperty]
    public string? Then { get; set; }

    public bool HasProposals { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    protected override string? VersionField => nameof(Version);

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        HasProposals = await db.Microconferences.AnyAsync(m => m.ConferenceId == id, stop);
        Version = await db.Conferences.Where(c => c.Id == id).Select(c => c.RowVersion).SingleAsync(stop);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                (Action<Conference> Move, string Sentence)? wish = Then switch
                {
                    "publish" => (c => c.Publish(), "It is public now."),
                    "hide" => (c => c.Hide(), "It is in preparation again: only the organizers see it."),
                    "archive" => (c => c.Archive(), "It is archived: everybody reads it, and nobody changes it."),
                    "reopen" => (c => c.Reopen(), "It is open again."),
                    _ => null,
                };
                var conference = await setup.FindAsync(HttpContext.Conference().Id, stop);
                Rule.Require(wish is not null, "Choose one of the buttons.");
                await setup.MoveAsync(conference, wish.Value.Move, Version, await db.MeAsync(User, stop), stop);

                return Done.Say(wish.Value.Sentence).GoTo($"{conference.Path}/organize");
            },
            stop
        );
}
