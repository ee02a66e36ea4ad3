using LpcSite.Caching;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Conferences;

/// <summary>The sponsors by tier; all that it shows is in the frame that every page of the conference has.</summary>
[PublicPage]
public class SponsorsModel : PageModel;
