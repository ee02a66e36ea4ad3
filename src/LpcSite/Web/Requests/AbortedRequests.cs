namespace LpcSite.Web.Requests;

/// <summary>
/// A reader who closes the page while it is being made is no failure: nobody is there to be answered, and nothing is
/// wrong.
/// </summary>
internal static class AbortedRequests
{
    /// <summary>Under which proxies, too, note that the client went away.</summary>
    public const int Status = StatusCodes.Status499ClientClosedRequest;

    /// <summary>Goes inside the request log.</summary>
    public static void UseAbortedRequests(this WebApplication app) =>
        app.Use(
            static async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                catch (Exception gone)
                    when (context.RequestAborted.IsCancellationRequested
                        && gone is OperationCanceledException or IOException
                    )
                {
                    if (!context.Response.HasStarted)
                    {
                        context.Response.StatusCode = Status;
                    }
                }
            }
        );
}
