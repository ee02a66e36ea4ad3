using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>The conference's call for microconferences.</summary>
public class CallModel(LpcDbContext db, CallEditing callEditing, IClock clock) : CallPage(db, callEditing, clock)
{
    protected override Task<IActionResult?> RefusalAsync(CancellationToken stop) =>
        Task.FromResult<IActionResult?>(null);
}
