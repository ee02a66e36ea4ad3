using System.Linq.Expressions;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Pages.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace LpcSite.Pages.Manage.Emails;

/// <summary>Changes what one speaker gets, while their letter is held in the outbox of the microconference.</summary>
[Authorize]
public class EmailEditModel(LpcDbContext db, IAuthorizationService authorization, IClock clock)
    : HeldEmailPage(db, clock)
{
    private readonly LpcDbContext _db = db;

    [FromRoute]
    public required string Slug { get; init; }

    public Microconference Microconference { get; private set; } = null!;

    protected override async Task<Expression<Func<Email, bool>>?> MineAsync(CancellationToken stop)
    {
        if (await ManagePage.FindMicroconferenceAsync(HttpContext, Slug, _db, authorization, stop) is not { } found)
        {
            return null;
        }

        (Microconference, Outbox) = (found, $"{found.Path}/lead/letters");
        return l => l.MicroconferenceId == found.Id && l.IsOfLeads;
    }
}
