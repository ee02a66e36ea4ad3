using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Rules;
using LpcSite.Topics.Speakers;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Manage.Emails;

/// <summary>Writes to the speakers of a microconference: one letter each, which waits in the outbox.</summary>
public class ComposeModel(LpcDbContext db, IAuthorizationService authorization, SpeakerEmails speakers)
    : ManagePage(db, authorization)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Whom each choice would reach.</summary>
    public IReadOnlyDictionary<Readers, IReadOnlyList<SpeakerEmails.Reached>> Reached { get; private set; } =
        new Dictionary<Readers, IReadOnlyList<SpeakerEmails.Reached>>();

    public async Task<IActionResult> OnGetAsync(Readers? to, CancellationToken stop)
    {
        Input.To = to ?? Readers.Accepted;
        return await LoadAsync(stop) ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (await LoadAsync(stop) is { } refusal)
        {
            return refusal;
        }

        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        try
        {
            var written = await speakers.WriteAsync(
                Microconference,
                Input.To,
                Input.Subject.Trim(),
                Input.Text.Trim(),
                await Db.MeAsync(User, stop),
                stop
            );
            this.Say(
                $"{(written == 1 ? "One letter is" : $"{written} letters are")} written and held. Read "
                    + $"{(written == 1 ? "it" : "them")}, then send {(written == 1 ? "it" : "them")}."
            );
            return Redirect($"{Microconference.Path}/lead/letters");
        }
        catch (RuleException broken)
        {
            ModelState.Refuse("", broken);
            return this.Invalid();
        }
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken stop)
    {
        if (await RefusalAsync(stop) is { } refusal)
        {
            return refusal;
        }

        var reached = new Dictionary<Readers, IReadOnlyList<SpeakerEmails.Reached>>();
        foreach (var readers in Enum.GetValues<Readers>())
        {
            reached[readers] = await speakers.ReadersAsync(Microconference, readers, stop);
        }

        Reached = reached;
        return null;
    }

    public class InputModel
    {
        public Readers To { get; set; }

        [Required(ErrorMessage = "Say in a line what it is about.")]
        [StringLength(Email.SubjectMaxLength, ErrorMessage = "The subject has at most {1} characters.")]
        public string Subject { get; set; } = "";

        [Required(ErrorMessage = "Write something.")]
        [StringLength(SpeakerEmails.TextMaxLength, ErrorMessage = "The text has at most {1} characters.")]
        [DataType(DataType.MultilineText)]
        public string Text { get; set; } = "";
    }
}
