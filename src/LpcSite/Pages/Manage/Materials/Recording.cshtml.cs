using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage.Materials;

/// <summary>
/// The recording of a microconference, mostly one long video, with the time at which each topic begins in it.
/// </summary>
public class RecordingModel(LpcDbContext db, IAuthorizationService authorization, MaterialUploads materialUploads)
    : ManagePage(db, authorization)
{
    protected override bool HasOneForm => true;

    [BindProperty]
    public string? Video { get; set; }

    /// <summary>By the number of the topic, as <c>1:02:03</c>; empty for one that is not in it.</summary>
    [MaxLength(LpcSite.Topics.Topic.MaxOfMicroconference, ErrorMessage = "Use at most {1} topics.")]
    [BindProperty]
    public Dictionary<int, string?> Times { get; set; } = [];

    public IReadOnlyList<Line> Topics { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        await ShowAsync(stop);
        Video = Main;
        Times = Topics
            .Where(t => t.Url == Main)
            .ToDictionary(t => t.Id, t => t.StartOffset is { } seconds ? StartTime.Write(seconds) : null);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await ShowAsync(stop);
                var offsets = Topics
                    .Where(t => t.Url == Main || !string.IsNullOrWhiteSpace(Times.GetValueOrDefault(t.Id)))
                    .ToDictionary(t => t.Id, t => ParseTime(t.Id));
                Rule.Require(ModelState.IsValid, "Hours, minutes and seconds, such as 1:02:03.");
                Rule.Require(offsets.Values.Any(o => o is not null), "Say for at least one topic where it begins.");
                await materialUploads.RecordAllAsync(
                    Microconference,
                    (Video ?? "").Trim(),
                    offsets,
                    await Db.MeAsync(User, stop),
                    stop
                );
                return Done.Say("The recording stands under its topics.")
                    .GoTo($"{Microconference.Path}/lead/recording");
            },
            stop,
            nameof(Video)
        );

    // The video of most topics; one that has its own keeps it unless a time in this one is given.
    private string? Main => Topics.GroupBy(t => t.Url).Where(of => of.Key is not null).MaxBy(of => of.Count())?.Key;

    private int? ParseTime(int topic)
    {
        var typed = Times.GetValueOrDefault(topic);
        var seconds = string.IsNullOrWhiteSpace(typed) ? null : StartTime.Parse(typed);
        if (seconds is null && !string.IsNullOrWhiteSpace(typed))
        {
            ModelState.AddModelError(
                FormattableString.Invariant($"Times[{topic}]"),
                "Hours, minutes and seconds, such as 1:02:03."
            );
        }

        return seconds;
    }

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var recordings = Db.Materials.Current().Where(m => m.Kind == MaterialKind.Recording);
        Topics = await Db
            .Topics.Where(t => t.MicroconferenceId == Microconference.Id)
            .Public()
            .OrderBy(t => t.Position)
            .ThenBy(t => t.Id)
            .Select(t => new Line(
                t.Id,
                t.Title,
                recordings.Where(m => m.TopicId == t.Id).Select(m => m.Url).FirstOrDefault(),
                recordings.Where(m => m.TopicId == t.Id).Select(m => m.StartOffset).FirstOrDefault()
            ))
            .ToListAsync(stop);
    }

    public sealed record Line(int Id, string Title, string? Url, int? StartOffset);
}
