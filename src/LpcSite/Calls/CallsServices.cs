namespace LpcSite.Calls;

/// <summary>The use cases of calls, as the site is put together of them.</summary>
internal static class CallsServices
{
    public static void AddCalls(this IServiceCollection services)
    {
        services.AddScoped<CallEditing>();
    }
}
