using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Topics;
using LpcSite.Topics.Speakers;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.My;

/// <summary>
/// Asks a speaker whether they speak about a topic that the leads have taken, and how. For everybody else there is
/// nothing here.
/// </summary>
public class SpeakingModel(LpcDbContext db, SpeakerInvitations speakerInvitations) : FormPage
{
    [FromRoute]
    public required int Id { get; init; }

    /// <summary>The button: how they take part, or <c>no</c>.</summary>
    [BindProperty]
    public string? Answer { get; set; }

    public Topic Topic { get; private set; } = null!;
    public Microconference Microconference { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var attendance =
                    Enum.TryParse<Attendance>(Answer, out var how) && Enum.IsDefined(how) ? how : Attendance.Unknown;
                await speakerInvitations.AnswerAsync(
                    Microconference,
                    Topic,
                    await db.MeAsync(User, stop),
                    Answer == "no" ? null : attendance,
                    HttpContext.Origin(),
                    stop
                );

                return Done.Say(
                        Answer == "no"
                            ? "You do not speak. The leads are told."
                            : "Thank you. The leads see that you speak."
                    )
                    .GoTo("/my");
            },
            stop
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var (me, sees) = (User.PersonId(), User.IsOrganizer());
        var found = await db
            .Topics.Include(t => t.Speakers)
                .ThenInclude(s => s.Person)
            .SingleOrDefaultAsync(t => t.Id == Id && t.Speakers.Any(s => s.PersonId == me), stop);
        var microconference = found is null
            ? null
            : await db
                .Microconferences.Include(m => m.Conference)
                .Include(m => m.Leads)
                .SingleOrDefaultAsync(
                    m => m.Id == found.MicroconferenceId && (sees || m.Conference.State != ConferenceState.Preparing),
                    stop
                );
        (Topic, Microconference) = (found!, microconference!);
        return microconference is not null ? null : NotFound();
    }
}
