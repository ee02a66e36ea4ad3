using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize;

/// <summary>The record of who changed what, when and how it was before; nobody can rewrite it.</summary>
public class AuditModel(LpcDbContext db) : PageModel
{
    /// <summary>A part of a person's name.</summary>
    [FromQuery]
    public string? Who { get; init; }

    /// <summary>A part of what was done, or of the address of what it was done to.</summary>
    [FromQuery]
    public string? What { get; init; }

    [FromQuery(Name = "mc")]
    public string? Microconference { get; init; }

    [FromQuery]
    public long? Before { get; init; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    /// <summary>Where the next, older page begins; null on the last.</summary>
    public long? Next { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();

        // Without a conference: people, accounts and what commands do to the whole site.
        var entries = db.AuditEntries.Where(e => e.ConferenceId == conference.Id || e.ConferenceId == null);
        if (Microconference is { Length: > 0 } slug)
        {
            entries = entries.Where(e =>
                db.Microconferences.Any(m =>
                    m.Id == e.MicroconferenceId && m.ConferenceId == conference.Id && m.Slug == slug
                )
            );
        }

        if (Who is { Length: > 0 } who)
        {
            entries = entries.Where(e =>
                EF.Functions.ILike(EF.Functions.Unaccent(e.By!.Name), EF.Functions.Unaccent(Containing(who)), @"\")
            );
        }

        if (What is { Length: > 0 } what)
        {
            entries = entries.Where(e =>
                EF.Functions.ILike(e.Verb, Containing(what), @"\")
                || EF.Functions.ILike(e.Subject, Containing(what), @"\")
            );
        }

        var page = await entries.PageAsync(Before, stop);
        Lines = [.. page.Take(AuditLine.PageSize)];
        Next = page.Count > AuditLine.PageSize ? Lines[^1].Id : null;
    }

    // The signs that mean something in a pattern mean themselves here.
    private static string Containing(string words)
    {
        var escaped = words
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        return $"%{escaped}%";
    }
}
