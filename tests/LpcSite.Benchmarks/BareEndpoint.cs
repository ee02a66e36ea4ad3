using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace LpcSite.Benchmarks;

/// <summary>
/// The measure of all things here: Kestrel with nothing in front, answering every request with the same bytes.
/// </summary>
internal static class BareEndpoint
{
    public static async Task RunAsync(string address, string file)
    {
        var body = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address);
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = body.Length;
            context.Response.Headers.ContentEncoding = "br";
            return context.Response.Body.WriteAsync(body, 0, body.Length);
        });
        await app.RunAsync();
    }
}
