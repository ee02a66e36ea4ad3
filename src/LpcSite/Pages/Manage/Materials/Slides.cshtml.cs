using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Topics;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage.Materials;

/// <summary>
/// Which accepted topics have slides and which have not, and who has to bring them: the leads remind them in one click.
/// </summary>
public class SlidesModel(LpcDbContext db, IAuthorizationService authorization, SlideReminders slideReminders)
    : ManagePage(db, authorization)
{
    public IReadOnlyList<MissingSlides> Missing { get; private set; } = [];
    public IReadOnlyList<Line> There { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var reminded = await slideReminders.RemindAsync(
                    Microconference,
                    await Db.MeAsync(User, stop),
                    HttpContext.Origin(),
                    stop
                );
                return Done.Say(reminded == 1 ? "One person is reminded." : $"{reminded} people are reminded.")
                    .GoTo($"{Microconference.Path}/lead/slides");
            },
            stop
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        Missing = await MissingSlides.OfAsync(Db, Microconference.Id, stop);
        There = await (
            from topic in Db.Topics
            where topic.MicroconferenceId == Microconference.Id && topic.Status == TopicStatus.Accepted
            join slides in Db.Materials.Current() on topic.Id equals slides.TopicId
            where slides.Kind == MaterialKind.Slides
            orderby topic.Position, topic.Id
            select new Line(
                topic.Id,
                topic.Title,
                slides.Number,
                new MaterialLine(
                    slides.Id,
                    slides.Kind,
                    null,
                    null,
                    null,
                    slides.FileName,
                    slides.MediaType,
                    slides.Size
                )
            )
        ).ToListAsync(stop);
    }

    public sealed record Line(int TopicId, string Title, int Version, MaterialLine Slides);
}
