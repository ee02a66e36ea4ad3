using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.People;
using LpcSite.People.Pictures;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Account;

/// <summary>Shows, replaces or removes the picture of who is signed in.</summary>
[Authorize]
public class PictureModel(LpcDbContext db, IClock clock) : FormPage
{
    private PersonPicture? _picture;

    public string? Hash => _picture?.Hash;

    [BindProperty]
    public IFormFile? Chosen { get; set; }

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var me = User.PersonId();
        _picture = await db.PersonPictures.SingleOrDefaultAsync(p => p.PersonId == me, HttpContext.RequestAborted);
        await next();
    }

    public void OnGet() { }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await TakeAsync(await ReadAsync(stop), stop);
                return Done.Say("Your picture is shown on your page.");
            },
            stop,
            nameof(Chosen)
        );

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken stop)
    {
        if (_picture is not null)
        {
            db.Remove(_picture);
            db.Record(await db.MyAccountAsync(User, stop), "removed the picture", clock.GetCurrentInstant());
            await db.SaveChangesAsync(stop);
        }

        this.Say("You have no picture now.");
        return LocalRedirect("/account/picture");
    }

    private async Task<PictureFile> ReadAsync(CancellationToken stop)
    {
        Rule.Require(Chosen is not null, "Choose a file.");
        using var bytes = new MemoryStream();
        await Chosen!.CopyToAsync(bytes, stop);
        return PictureFile.Read(bytes.ToArray());
    }

    private async Task TakeAsync(PictureFile file, CancellationToken stop)
    {
        var account = await db.MyAccountAsync(User, stop);
        if (_picture is null)
        {
            db.Add(new PersonPicture(account.Person, file.Hash, file.MediaType, file.Bytes));
        }
        else
        {
            _picture.Replace(file.Hash, file.MediaType, file.Bytes);
        }

        db.Record(account, "changed the picture", clock.GetCurrentInstant());
        await db.SaveOrSayAsync("Your picture was changed in another window at the same moment. Try again.", stop);
    }
}
