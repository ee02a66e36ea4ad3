using LpcSite.Microconferences.Editing;
using LpcSite.Pages.Shared;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Microconferences;

/// <summary>
/// What the pages on which a microconference is written have in common: the form, and the buttons that work without
/// script.
/// </summary>
public abstract class WritingPage : FormPage, INamesPeople
{
    [BindProperty]
    public WritingInput Input { get; set; } = new();

    /// <summary>The button beside a list that was pressed; null when the form is meant to be saved.</summary>
    [BindProperty]
    public string? Change { get; set; }

    /// <summary><c>propose</c> when it is to be proposed once it is saved.</summary>
    [BindProperty]
    public string? Then { get; set; }

    /// <summary>Of a late link: lets a proposal in after the deadline.</summary>
    [FromQuery]
    public string? Late { get; init; }

    public IEnumerable<PersonInput> Named => [.. Input.Topics.SelectMany(t => t.Speakers), .. Input.KeyAttendees];

    protected override bool HasOneForm => true;

    /// <summary>The same page with a list changed as the button asked.</summary>
    protected IActionResult Changed()
    {
        Input.Change(Change!);

        // What was posted would go before what is in the lists now.
        ModelState.Clear();
        return Page();
    }

    /// <summary>The same page with what was typed, and beside each field what is wrong with it.</summary>
    protected PageResult Refused(SaveResult.Refused refused)
    {
        foreach (var (field, sentence) in refused.Problems)
        {
            ModelState.AddModelError($"{nameof(Input)}.{field}", sentence);
        }

        return this.Invalid();
    }
}
