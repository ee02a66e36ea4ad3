using LpcSite.Caching;
using LpcSite.Calls;
using NodaTime;

namespace LpcSite.Pages.Shared;

/// <summary>A page that shows which calls are open is right until the next one opens or closes.</summary>
public static class CallTimes
{
    public static void ValidUntilNextOf(this HttpContext context, IEnumerable<CallLine> calls, Instant now)
    {
        foreach (var instant in calls.SelectMany(c => new[] { c.OpensAt, c.ClosesAt }))
        {
            PageCache.ValidUntil(context, now, instant);
        }
    }
}
