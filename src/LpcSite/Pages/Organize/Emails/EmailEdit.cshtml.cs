using System.Linq.Expressions;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Pages.Shared;
using LpcSite.Web.Frame;
using NodaTime;

namespace LpcSite.Pages.Organize.Emails;

/// <summary>Changes what one lead gets about a decision, while their letter is held.</summary>
public class EmailEditModel(LpcDbContext db, IClock clock) : HeldEmailPage(db, clock)
{
    protected override Task<Expression<Func<Email, bool>>?> MineAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        Outbox = $"{conference.Path}/organize/release";
        return Task.FromResult<Expression<Func<Email, bool>>?>(l =>
            l.ConferenceId == conference.Id && l.DecisionId != null
        );
    }
}
