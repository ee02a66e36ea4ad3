using LpcSite.Accounts;
using LpcSite.Api;
using LpcSite.Caching;
using LpcSite.Calls;
using LpcSite.Commands;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Emails.Sending;
using LpcSite.Exports;
using LpcSite.Imports;
using LpcSite.Live;
using LpcSite.Markdown;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.News;
using LpcSite.Nominations;
using LpcSite.Pages;
using LpcSite.People;
using LpcSite.Reviews;
using LpcSite.Scheduling;
using LpcSite.Sponsors;
using LpcSite.Topics;
using LpcSite.Web;
using LpcSite.Web.Errors;
using LpcSite.Web.Frame;
using LpcSite.Web.Requests;
using LpcSite.Web.Security;

return await CommandLine.RunAsync(args);

/// <summary>Puts the site together: its services by feature, and the way of a request through them.</summary>
public partial class Program
{
    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddWeb();
        builder.Services.AddData();
        builder.Services.AddCaching();
        builder.Services.AddSingleton<LiveChanges>();
        builder.Services.AddEmails();
        builder.Services.AddSingleton<MarkdownRenderer>();
        builder.Services.AddPeople();
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddConferences();
        builder.Services.AddMicroconferences();
        builder.Services.AddCalls();
        builder.Services.AddTopics();
        builder.Services.AddReviews();
        builder.Services.AddDecisions();
        builder.Services.AddScheduling();
        builder.Services.AddMaterials();
        builder.Services.AddNominations();
        builder.Services.AddNews();
        builder.Services.AddSponsors();
        builder.Services.AddImports();
        builder.Services.AddExports();
        builder.Services.AddPages();
        var app = builder.Build();
        Use(app);
        return app;
    }

    // The order is the point.
    private static void Use(WebApplication app)
    {
        // What a request is, where it comes from and what the site is called is settled before it finds its page.
        app.UseSoundRequests();
        app.UseProxies();
        app.UseSiteAddress();
        app.Use(app.Services.GetRequiredService<OwnPages>().Remember);
        app.UseRouting();

        // A kept page leaves right after that, with the headers and in the form it was kept with.
        app.Use(app.Services.GetRequiredService<PageCache>().AnswerAsync);
        app.UseRequestLog();
        app.UseAbortedRequests();
        app.UseSiteSecurityHeaders();
        app.UseCanonicalAddresses();

        // Error pages greet whoever is signed in, and have words for the refusals of everything inside them.
        app.UseAuthenticationOrOutage();
        app.UseErrorPages();
        app.UseOutagesOfSessions();
        app.UseRequestMethods();
        app.UseAuthorization();
        app.UsePrograms();

        // What is tagged is compressed with its tag.
        app.UseEntityTags();
        app.UseCompressionOfWhatIsNotKept();
        app.UseRateLimiter();
        app.UseArchivedConferences();

        app.MapStaticAssets();
        app.MapPages();
        app.MapApi();
        app.MapHealth();
    }
}
