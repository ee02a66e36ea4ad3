using LpcSite.Pages.Shared;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using LpcSite.Web.Requests;
using LpcSite.Web.Security;

namespace LpcSite.Pages;

/// <summary>How pages are found, guarded, and given what was typed into their forms.</summary>
internal static class PageServices
{
    public static void AddPages(this IServiceCollection services)
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
    }

    public static void MapPages(this WebApplication app)
    {
        var pages = app.MapRazorPages();
        pages.WithHandledMethods(app);
        pages.WithStaticAssets();
    }
}
