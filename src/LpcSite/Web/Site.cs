using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Accounts.Privacy;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Api;
using LpcSite.Caching;
using LpcSite.Calls;
using LpcSite.Conferences.Pages;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Emails.Sending;
using LpcSite.Exports.Folder;
using LpcSite.Imports;
using LpcSite.Live;
using LpcSite.Markdown;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Leads;
using LpcSite.Microconferences.Results;
using LpcSite.Microconferences.Revisions;
using LpcSite.News;
using LpcSite.Nominations;
using LpcSite.Pages.Shared;
using LpcSite.People.Merging;
using LpcSite.People.Picker;
using LpcSite.Reviews;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Remarks;
using LpcSite.Scheduling.Availability;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Scheduling.Stars;
using LpcSite.Sponsors;
using LpcSite.Texts;
using LpcSite.Topics.Speakers;
using LpcSite.Topics.Submissions;
using LpcSite.Topics.Transfers;
using LpcSite.Web.Errors;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using LpcSite.Web.Requests;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.WebEncoders;
using NodaTime;

namespace LpcSite.Web;

/// <summary>Puts the site together: its services, and the way of a request through them.</summary>
public static class Site
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.AddObservability();
        AddData(builder.Services);
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddExternalSignIn(builder.Configuration);
        AddPages(builder.Services, builder.Configuration);
        builder.Services.AddSiteCookies(builder.Configuration, builder.Environment);
        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

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

    private static void AddData(IServiceCollection services)
    {
        services.AddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DatabaseServer>();
        services.AddSingleton<ContentVersions>();
        services.AddSingleton<LiveChanges>();
        services.AddSingleton<SiteAddress>();
        services.AddSingleton<PageCache>();
        services.AddSingleton<PagePress>();
        services.AddHostedService(static site => site.GetRequiredService<PagePress>());
        services.AddSingleton<ConferenceFrames>();
        services.AddSingleton<ContentChangeInterceptor>();
        services.AddDbContextPool<LpcDbContext>(
            (provider, options) =>
                LpcDbContextFactory
                    .Configure(options, provider.GetRequiredService<DatabaseServer>().ConnectionString)
                    .AddInterceptors(
                        provider.GetRequiredService<ContentChangeInterceptor>(),
                        provider.GetRequiredService<EmailSignal>()
                    )
        );
        services.AddHostedService<ContentListener>();
        services.AddEmails();
        services.AddSingleton<MarkdownRenderer>();
        services.AddScoped<ConferenceImport>();
        services.AddScoped<ConferenceExport>();
        services.AddScoped<PersonMerge>();
        services.AddScoped<RevisionRendering>();
        services.AddScoped<PersonPicker>();
        services.AddScoped<ProposalLists>();
        services.AddScoped<ProposalRevisions>();
        services.AddScoped<ProposalEditing>();
        services.AddScoped<ProposalEmails>();
        services.AddScoped<ProposalSubmission>();
        services.AddScoped<WithdrawalEmails>();
        services.AddScoped<Withdrawals>();
        services.AddScoped<ProposalMerge>();
        services.AddScoped<SessionNotes>();
        services.AddScoped<Renewal>();
        services.AddScoped<ProposalDecisions>();
        services.AddScoped<DecisionAnnouncements>();
        services.AddScoped<NewsEditing>();
        services.AddScoped<ProposalReviews>();
        services.AddScoped<ReviewSetup>();
        services.AddScoped<RemarkEmails>();
        services.AddScoped<CallEditing>();
        services.AddScoped<SubmissionEmails>();
        services.AddScoped<TopicSubmissions>();
        services.AddScoped<TopicEmails>();
        services.AddScoped<TopicDecisions>();
        services.AddScoped<TopicChanges>();
        services.AddScoped<TopicTransfers>();
        services.AddScoped<SpeakerAssignments>();
        services.AddScoped<TopicDesk>();
        services.AddScoped<SpeakerEmails>();
        services.AddScoped<MaterialUploads>();
        services.AddScoped<SlideReminders>();
        services.AddScoped<AnswerEmails>();
        services.AddScoped<SpeakerInvitations>();
        services.AddScoped<NominationEditing>();
        services.AddScoped<ReleaseEmails>();
        services.AddScoped<ScheduleReleases>();
        services.AddScoped<SessionPlan>();
        services.AddScoped<AvailabilityEditing>();
        services.AddScoped<ClashReasons>();
        services.AddScoped<TimeBlocks>();
        services.AddScoped<ScheduleBoard>();
        services.AddScoped<StarList>();
        services.AddScoped<ConferenceCopy>();
        services.AddScoped<ConferenceSettings>();
        services.AddScoped<PageEditing>();
        services.AddScoped<SponsorEditing>();
        services.AddSingleton<RegistrationLinks>();
        services.AddSingleton<KnownDevice>();
        services.AddScoped<SignInLimits>();
        services.AddScoped<AccountSessions>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<OwnerProof>();
        services.AddEmailCallers();
        services.AddScoped<Registration>();
        services.AddScoped<Passwords>();
        services.AddScoped<Passkeys>();
        services.AddScoped<ExternalLogins>();
        services.AddScoped<TwoFactor>();
        services.AddScoped<AccountExport>();
        services.AddScoped<Erasure>();
        services.AddScoped<PersonInvitations>();
        services.AddScoped<Organizers>();
        services.AddScoped<ExampleAccounts>();
        services.AddScoped<LeadInvitations>();
        services.AddScoped<KeyAttendeeInvitations>();
        services.AddScoped<WorkingTexts>();
        services.AddSingleton<OwnPages>();
        services.AddSingleton<LinkCheck>();
    }

    private static void AddPages(IServiceCollection services, ConfigurationManager configuration)
    {
        services
            .AddRazorPages(pages =>
            {
                pages.Conventions.AuthorizeFolder("/Organize", Policies.Organizers);
                pages.Conventions.AuthorizeFolder("/My");
                pages.Conventions.Add(new TextTwins());
            })
            .AddMvcOptions(mvc =>
            {
                mvc.ModelBinderProviders.Insert(0, new TextBinder.Provider());
                mvc.Filters.Add<NoHandlerFilter>();

                mvc.ModelBinderProviders.Insert(0, new CheckboxBinder());

                // Lists in forms say themselves how long they may be, in a sentence; more fields than these no form has
                // (RequestFormLimits).
                mvc.MaxModelBindingCollectionSize = 20_000;
                mvc.Filters.Add<ConferenceFrameFilter>();
                mvc.Filters.Add<TextTwinFilter>();
                mvc.Filters.Add<PersonOffers>();
            });
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new TextJsonConverter()));
        // Pages are UTF-8: names stand in them as they are, not as numbers of their letters.
        services.Configure<WebEncoderOptions>(encoder =>
            encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)
        );
        services.AddSingleton<MatcherPolicy, RepresentationSelector>();
        services.AddRouting(routing =>
        {
            routing.LowercaseUrls = true;
            routing.SetParameterPolicy<SlugRouteConstraint>("slug");
        });
        services.AddResponseCompression(compression =>
        {
            // Pages that are kept hold no secret beside text from outside (BREACH), and the rest carries masked tokens.
            compression.EnableForHttps = true;
            compression.MimeTypes =
            [
                .. ResponseCompressionDefaults.MimeTypes,
                "text/markdown",
                "text/calendar",
                "application/atom+xml",
                "application/ld+json",
                "image/svg+xml",
            ];
        });
        // The fastest level makes calendars and XML larger than gzip does.
        services.Configure<BrotliCompressionProviderOptions>(static brotli => brotli.Level = CompressionLevel.Optimal);
        services.AddHealthChecks().AddCheck<DatabaseReadiness>("database", tags: [DatabaseReadiness.Tag]);
        services.AddSiteRateLimits(configuration);
    }

    // The order is the point: what a request is called is settled before it finds its page, and a kept page leaves
    // right after that, with the headers and in the form it was kept with. Authorization stands inside the error pages,
    // which have words for its refusals too.
    private static void UsePipeline(WebApplication app)
    {
        app.UseSoundRequests();
        app.UseProxies();
        app.UseSiteAddress();
        app.Use(app.Services.GetRequiredService<OwnPages>().Remember);
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<PageCache>().AnswerAsync);
        app.UseRequestLog();
        app.UseAbortedRequests();
        app.UseSiteSecurityHeaders();
        app.UseCanonicalAddresses();
        app.UseAuthenticationOrOutage();
        app.UseErrorPages();
        app.UseOutagesOfSessions();
        app.UseRequestMethods();
        app.UseAuthorization();
        app.UsePrograms();
        app.UseEntityTags();
        // What is tagged is compressed with its tag.
        app.UseWhen(
            static context => context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is null,
            static rest => rest.UseResponseCompression()
        );
        app.UseRateLimiter();
        app.UseArchivedConferences();
        app.MapStaticAssets();
        var pages = app.MapRazorPages();
        pages.WithHandledMethods(app);
        pages.WithStaticAssets();
        app.MapTwins();
        app.MapScheduleText();
        app.MapWriting();
        app.MapWorkingTexts();
        app.MapRoster();
        app.MapClashes();
        app.MapAccount();
        app.MapSite();
        app.MapSecurityText();
        app.MapMaterials();
        app.MapNews();
        app.MapReleases();
        app.MapCalls();
        app.MapSchedule();
        app.MapStars();
        app.MapPeople();
        app.MapChanges();
        app.MapHealth();
    }
}
