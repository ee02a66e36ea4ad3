using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace LpcSite.Pages.Manage;

/// <summary>The call for topics of a microconference, which its leads open, extend and close.</summary>
[Authorize]
public class CallModel(LpcDbContext db, IAuthorizationService authorization, CallEditing callEditing, IClock clock)
    : CallPage(db, callEditing, clock)
{
    private readonly LpcDbContext _db = db;

    [FromRoute]
    public required string Slug { get; init; }

    protected override async Task<IActionResult?> RefusalAsync(CancellationToken stop)
    {
        Microconference = await ManagePage.FindMicroconferenceAsync(HttpContext, Slug, _db, authorization, stop);
        return Microconference is null ? NotFound() : null;
    }
}
