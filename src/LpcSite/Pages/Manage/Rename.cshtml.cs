using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences.Editing;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Manage;

/// <summary>Gives a microconference another address; the one it had leads on.</summary>
public class RenameModel(LpcDbContext db, IAuthorizationService authorization, ProposalRevisions proposalRevisions)
    : ManagePage(db, authorization)
{
    protected override bool HasOneForm => true;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var refusal = await FindAsync(stop);
        Input.Slug = Slug;
        return refusal ?? Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var path = Microconference.Path;
                await proposalRevisions.RenameAsync(Microconference, Input.Slug, await Db.MeAsync(User, stop), stop);

                return Done.Say(
                        Microconference.Path == path
                            ? "It has this address already."
                            : "It has a new address. The old one leads here."
                    )
                    .GoTo(Microconference.Path);
            },
            stop,
            "Input.Slug"
        );

    public class InputModel
    {
        [
            Required(ErrorMessage = "Type the last part of its address."),
            MaxLength(
                LpcSite.Conferences.Slug.MaxLength,
                ErrorMessage = "The last part of an address has at most 80 characters."
            )
        ]
        public string Slug { get; set; } = "";
    }
}
