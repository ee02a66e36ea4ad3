using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using LpcSite.Web.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Topics;

/// <summary>
/// What was brought to a topic, in all its versions, for those who bring it and the leads. For everybody else it does
/// not exist.
/// </summary>
[Authorize]
[UploadLimit(
    LargestUpload,
    "What you sent is larger than slides may be: a file has at most 32 MB. Go back and choose a smaller one; "
        + "nothing was kept."
)]
public class MaterialsModel(LpcDbContext db, MaterialUploads materialUploads) : FormPage
{
    // More than a file may have, so that one which is a little too large is refused beside its field.
    private const int LargestUpload = Material.MaxBytes + 8 * 1024 * 1024;

    [FromRoute]
    public required string Slug { get; init; }

    [FromRoute]
    public int Id { get; init; }

    [BindProperty]
    public IFormFile? Slides { get; set; }

    [BindProperty]
    public MaterialInput Input { get; set; } = new();

    public Microconference Microconference { get; private set; } = null!;
    public Topic Topic { get; private set; } = null!;
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Whether something can still be brought to it.</summary>
    public bool IsOpen => Microconference.Conference.State is not ConferenceState.Archived && !Topic.IsOver;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        DoAsync(nameof(Slides), me => BringAsync(me, stop), stop);

    public Task<IActionResult> OnPostLinkAsync(CancellationToken stop) =>
        DoAsync(
            string.IsNullOrWhiteSpace(Input.Title) ? "Input.Title" : "Input.Url",
            () => Check("Input.Url", Input.Url),
            async me =>
            {
                var (title, url) = ((Input.Title ?? "").Trim(), (Input.Url ?? "").Trim());
                var link = await materialUploads.LinkAsync(Microconference, Topic, title, url, me, stop);
                return $"“{link.Title}” stands under the topic.";
            },
            stop
        );

    public Task<IActionResult> OnPostRecordingAsync(CancellationToken stop)
    {
        var startsAt = string.IsNullOrWhiteSpace(Input.StartsAt) ? 0 : StartTime.Parse(Input.StartsAt);
        return DoAsync(
            startsAt is null ? "Input.StartsAt" : "Input.Recording",
            () => Check("Input.Recording", Input.Recording),
            async me =>
            {
                Rule.Require(
                    startsAt is not null,
                    "Say where the topic begins as hours, minutes and seconds, such as 1:02:03."
                );
                await materialUploads.RecordingAsync(
                    Microconference,
                    Topic,
                    (Input.Recording ?? "").Trim(),
                    startsAt.Value,
                    me,
                    stop
                );
                return "The recording stands under the topic.";
            },
            stop
        );
    }

    public Task<IActionResult> OnPostRemoveAsync(int material, CancellationToken stop) =>
        DoAsync(
            "",
            async me =>
                await materialUploads.RemoveAsync(Microconference, Topic, material, me, stop)
                    is { Kind: MaterialKind.Slides } slides
                    ? $"Version {slides.Number} is removed. It can be brought back."
                    : "It is removed, and can be brought back.",
            stop
        );

    public Task<IActionResult> OnPostBringBackAsync(int material, CancellationToken stop) =>
        DoAsync(
            "",
            async me =>
                await materialUploads.BringBackAsync(Microconference, Topic, material, me, stop)
                    is { Kind: MaterialKind.Slides } slides
                    ? $"Version {slides.Number} is shown now."
                    : "It is back.",
            stop
        );

    private async Task<string> BringAsync(Person me, CancellationToken stop)
    {
        Rule.Require(Slides is not null, "Choose a file.");
        await using var file = Slides.OpenReadStream();
        var slides = await SlidesFile.ReadAsync(file, Slides.FileName, stop);
        var brought = await materialUploads.SlidesAsync(Microconference, Topic, slides, file, me, stop);
        return $"Version {brought.Number} is here: {slides.Type.Word}, {MaterialLine.InWords(slides.Size)}.";
    }

    // Each field of the form that was sent is told what is wrong with it, not only the first.
    private void Check(string field, string? url)
    {
        if (!Material.IsAddress((url ?? "").Trim()))
        {
            ModelState.AddModelError(field, Material.AddressSentence);
        }
    }

    private Task<IActionResult> DoAsync(string field, Func<Person, Task<string>> change, CancellationToken stop) =>
        DoAsync(field, () => { }, change, stop);

    private Task<IActionResult> DoAsync(
        string field,
        Action check,
        Func<Person, Task<string>> change,
        CancellationToken stop
    ) =>
        ActAsync(
            async () =>
            {
                check();
                return Done.Say(await change(await db.MeAsync(User, stop)))
                    .GoTo(FormattableString.Invariant($"{Microconference.Path}/topics/{Id}/materials"));
            },
            stop,
            field
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == Slug)
            .VisibleTo(User)
            .Include(m => m.Conference)
            .SingleOrDefaultAsync(stop);
        var topic = found is null
            ? null
            : await db
                .Topics.Where(t => t.Id == Id && t.MicroconferenceId == found.Id)
                .BroughtToBy(db, User)
                .SingleOrDefaultAsync(stop);
        (Microconference, Topic) = (found!, topic!);
        return topic is not null ? null : NotFound();
    }

    protected override async Task ShowAsync(CancellationToken stop)
    {
        Lines = await db
            .Materials.Where(m => m.TopicId == Id)
            .OrderBy(m => m.Kind)
            .ThenByDescending(m => m.Number)
            .Select(m => new Line(
                new MaterialLine(m.Id, m.Kind, m.Title, m.Url, m.StartOffset, m.FileName, m.MediaType, m.Size),
                m.Number,
                m.By.Name,
                m.AddedAt,
                m.SupersededAt != null,
                m.RemovedAt != null
            ))
            .ToListAsync(stop);
        if (Slides?.Length > Material.MaxBytes)
        {
            Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
    }

    public sealed record Line(
        MaterialLine Material,
        int Number,
        string By,
        Instant AddedAt,
        bool IsOlder,
        bool IsRemoved
    );
}
