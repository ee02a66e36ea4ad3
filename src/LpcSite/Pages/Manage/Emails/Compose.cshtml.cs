using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Topics.Speakers;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Manage.Emails;

/// <summary>Writes to the speakers of a microconference: one letter each, which waits in the outbox.</summary>
public class ComposeModel(LpcDbContext db, IAuthorizationService authorization, SpeakerEmails speakers)
    : ManagePage(db, authorization)
{
    protected override bool HasOneForm => true;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Whom each choice would reach.</summary>
    public IReadOnlyDictionary<Readers, IReadOnlyList<SpeakerEmails.Reached>> Reached { get; private set; } =
        new Dictionary<Readers, IReadOnlyList<SpeakerEmails.Reached>>();

    public Task<IActionResult> OnGetAsync(Readers? to, CancellationToken stop)
    {
        Input.To = to ?? Readers.Accepted;
        return OpenAsync(stop);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var written = await speakers.WriteAsync(
                    Microconference,
                    Input.To,
                    Input.Subject.Trim(),
                    Input.Text.Trim(),
                    await Db.MeAsync(User, stop),
                    stop
                );
                return Done.Say(
                        $"{(written == 1 ? "One letter is" : $"{written} letters are")} written and held. Read "
                            + $"{(written == 1 ? "it" : "them")}, then send {(written == 1 ? "it" : "them")}."
                    )
                    .GoTo($"{Microconference.Path}/lead/letters");
            },
            stop
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var reached = new Dictionary<Readers, IReadOnlyList<SpeakerEmails.Reached>>();
        foreach (var readers in Enum.GetValues<Readers>())
        {
            reached[readers] = await speakers.ReadersAsync(Microconference, readers, stop);
        }

        Reached = reached;
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
