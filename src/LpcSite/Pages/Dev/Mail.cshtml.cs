using LpcSite.Emails.Sending;
using LpcSite.Emails.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MimeKit;

namespace LpcSite.Pages.Dev;

/// <summary>
/// The letters that development wrote into its folder instead of sending them. In Production there is no such page.
/// </summary>
public class MailModel(MailFolder folder, IHostEnvironment environment) : PageModel
{
    public const int Most = 200;

    [FromRoute]
    public string? Name { get; init; }

    public IReadOnlyList<(string Name, MimeMessage Message)> Letters { get; private set; } = [];
    public MimeMessage? Letter { get; private set; }

    /// <summary>The text with its links to click.</summary>
    public string LinkedText => EmailHtml.Linked(Letter?.TextBody ?? "");

    /// <summary>The files that go with it, all of them texts.</summary>
    public IEnumerable<(string Name, string Text)> Attachments =>
        (Letter?.Attachments ?? []).OfType<TextPart>().Select(part => (part.FileName ?? "", part.Text));

    public async Task<IActionResult> OnGetFileAsync(string file, CancellationToken stop) =>
        await OnGetAsync(stop) is PageResult
        && Letter?.Attachments.OfType<MimePart>().FirstOrDefault(part => part.FileName == file)
            is { Content: { } content } attached
            ? File(content.Open(), attached.ContentType.MimeType, file)
            : NotFound();

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!environment.IsDevelopment())
        {
            return NotFound();
        }

        if (Name is not null)
        {
            Letter = await folder.FindAsync(Name, stop);
            return Letter is null ? NotFound() : Page();
        }

        var letters = new List<(string, MimeMessage)>();
        foreach (var name in folder.Names().Take(Most))
        {
            // Somebody may empty the folder while it is listed.
            if (await folder.FindAsync(name, stop) is { } letter)
            {
                letters.Add((name, letter));
            }
        }

        Letters = letters;
        return Page();
    }
}
