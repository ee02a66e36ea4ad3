using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Imports;
using LpcSite.Scheduling.Releases;
using LpcSite.Web;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Commands;

/// <summary>What happens between putting the site together and serving it.</summary>
internal static class SiteStart
{
    /// <summary>
    /// What development does for itself before it serves: a database, its schema, and something to look at.
    /// </summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        var stop = app.Lifetime.ApplicationStopping;
        var server = app.Services.GetRequiredService<DatabaseServer>();
        await server.StartAsync(stop);
        app.Services.GetRequiredService<SiteAddress>().Require();
        if (app.Environment.IsDevelopment())
        {
            await server.MigrateAsync(stop);
            await LoadSampleAsync(app, stop);
        }
    }

    private static async Task LoadSampleAsync(WebApplication app, CancellationToken stop)
    {
        if (
            !app.Configuration.GetValue("Sample:Load", defaultValue: true)
            || SampleConference.FindFolder(app.Environment.ContentRootPath, AppContext.BaseDirectory) is not { } folder
        )
        {
            return;
        }

        await using var scope = app.Services.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<LpcDbContext>().Conferences.AnyAsync(stop))
        {
            await scope
                .ServiceProvider.GetRequiredService<ConferenceImport>()
                .ImportAsync(folder, progress: null, stop);
            await scope.ServiceProvider.GetRequiredService<ExampleAccounts>().AddAsync(SampleConference.Slug, stop);
            var conference = await scope
                .ServiceProvider.GetRequiredService<LpcDbContext>()
                .Conferences.SingleAsync(c => c.Slug == SampleConference.Slug, stop);
            await scope
                .ServiceProvider.GetRequiredService<ScheduleReleases>()
                .ReleaseAsync(conference, "The half-days of 2022.", by: null, via: "example", origin: null, stop);
        }
    }
}
