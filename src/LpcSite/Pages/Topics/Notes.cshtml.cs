using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Results;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Topics;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Topics;

/// <summary>
/// The notes of one topic, written by its speakers and by the leads. For everybody else this page does not exist.
/// </summary>
[Authorize]
[RequestSizeLimit(NotesInput.LargestForm)]
public class NotesModel(LpcDbContext db, SessionNotes notes) : FormPage
{
    [FromRoute]
    public required string Slug { get; init; }

    [FromRoute]
    public int Id { get; init; }

    [BindProperty]
    public NotesInput Input { get; set; } = new();

    public Microconference Microconference { get; private set; } = null!;
    public Topic Topic { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = NotesInput.Of(
            [(NotesOf.Topic(Id), Topic.Title)],
            await db.Notes.AsNoTracking().Where(n => n.TopicId == Id).ToListAsync(stop)
        );
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            () =>
                this.SaveAsync(
                    Input,
                    new Dictionary<NotesOf, string> { [NotesOf.Topic(Id)] = Topic.Title },
                    written => SaveAsync(written, stop),
                    FormattableString.Invariant($"{Microconference.Path}/topics/{Id}")
                ),
            stop
        );

    private async Task<IReadOnlyList<SessionNotes.Overtaken>> SaveAsync(
        IReadOnlyList<SessionNotes.Written> written,
        CancellationToken stop
    ) => await notes.SaveAsync(Microconference, written, "topics/notes", await db.MeAsync(User, stop), stop);

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var (conference, me, isOrganizer) = (HttpContext.Conference(), User.PersonId(), User.IsOrganizer());
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == Slug)
            .VisibleTo(User)
            .Include(m => m.Conference)
            .SelectMany(
                m =>
                    m.Topics.Where(t =>
                        t.Id == Id
                        && Topic.PublicStatuses.Contains(t.Status)
                        && (isOrganizer || t.Speakers.Any(s => s.PersonId == me) || m.Leads.Any(l => l.PersonId == me))
                    ),
                (m, t) =>
                    new
                    {
                        m,
                        t,
                        m.Conference,
                    }
            )
            .SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return NotFound();
        }

        (Microconference, Topic) = (found.m, found.t);
        return null;
    }
}
