using LpcSite.Calls;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Imports;
using LpcSite.Markdown;
using LpcSite.Microconferences.Results;
using LpcSite.News;
using LpcSite.People;
using LpcSite.Reviews;
using LpcSite.Reviews.Remarks;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Microconferences.Revisions;

/// <summary>
/// Makes stored HTML anew where an older renderer made it. Each batch is saved on its own: whoever interrupts it loses
/// nothing, and the next run goes on where it stopped.
/// </summary>
public sealed class RevisionRendering(LpcDbContext db, MarkdownRenderer renderer)
{
    private const int BatchSize = 100;

    public async Task<(int Revisions, int Topics, int Others)> RunAsync(
        IProgress<ImportProgress>? progress,
        CancellationToken stop
    )
    {
        var revisions = await BatchesAsync(
            RenderRevisionsAsync,
            await OldRevisions().CountAsync(stop),
            "revisions",
            progress,
            stop
        );
        var topics = await BatchesAsync(
            RenderTopicsAsync,
            await OldTopics().CountAsync(stop),
            "topics",
            progress,
            stop
        );
        var notes = await BatchesAsync(RenderNotesAsync, await OldNotes().CountAsync(stop), "notes", progress, stop);
        var bios = await BatchesAsync(
            RenderBiosAsync,
            await OldBios().CountAsync(stop),
            "descriptions of people",
            progress,
            stop
        );
        var guidance = await BatchesAsync(
            RenderGuidanceAsync,
            await OldGuidance().CountAsync(stop),
            "calls",
            progress,
            stop
        );
        var reviews = await BatchesAsync(
            RenderReviewsAsync,
            await OldReviews().CountAsync(stop),
            "reviews",
            progress,
            stop
        );
        var remarks = await BatchesAsync(
            RenderRemarksAsync,
            await OldRemarks().CountAsync(stop),
            "remarks",
            progress,
            stop
        );
        var news = await BatchesAsync(RenderNewsAsync, await OldNews().CountAsync(stop), "news", progress, stop);
        var pages = await BatchesAsync(
            RenderPagesAsync,
            await OldPages().CountAsync(stop),
            "pages of conferences",
            progress,
            stop
        );
        return (revisions, topics, notes + bios + guidance + reviews + remarks + news + pages);
    }

    private IQueryable<Revision> OldRevisions() =>
        db.Revisions.Where(r =>
            r.Description.RendererVersion < MarkdownRenderer.Version
            || r.Results.RendererVersion < MarkdownRenderer.Version
        );

    private IQueryable<Topics.Topic> OldTopics() =>
        db.Topics.Where(t => t.Details.RendererVersion < MarkdownRenderer.Version);

    private IQueryable<Notes> OldNotes() => db.Notes.Where(n => n.Text.RendererVersion < MarkdownRenderer.Version);

    private IQueryable<Person> OldBios() => db.People.Where(p => p.Bio.RendererVersion < MarkdownRenderer.Version);

    private IQueryable<Call> OldGuidance() =>
        db.Calls.Where(c => c.Guidance.RendererVersion < MarkdownRenderer.Version);

    private IQueryable<Review> OldReviews() => db.Reviews.Where(r => r.Text.RendererVersion < MarkdownRenderer.Version);

    private IQueryable<Remark> OldRemarks() => db.Remarks.Where(r => r.Text.RendererVersion < MarkdownRenderer.Version);

    private IQueryable<NewsItem> OldNews() =>
        db.NewsItems.Where(i => i.Text.RendererVersion < MarkdownRenderer.Version);

    private IQueryable<ConferencePage> OldPages() =>
        db.ConferencePages.Where(p => p.Text.RendererVersion < MarkdownRenderer.Version);

    private async Task<int> RenderRevisionsAsync(CancellationToken stop)
    {
        var batch = await OldRevisions()
            .OrderBy(r => r.Id)
            .Take(BatchSize)
            .Join(db.Microconferences, r => r.MicroconferenceId, m => m.Id, (r, m) => new { Revision = r, m.Slug })
            .ToListAsync(stop);
        foreach (var (revision, slug) in batch.Select(b => (b.Revision, b.Slug)))
        {
            revision.Rerender(
                renderer.Render(revision.Description.Source, AnchorPrefix.OfDescription(slug)),
                renderer.Render(revision.Results.Source, AnchorPrefix.OfResults(slug))
            );
        }

        return batch.Count;
    }

    private async Task<int> RenderTopicsAsync(CancellationToken stop)
    {
        var batch = await OldTopics()
            .OrderBy(t => t.Id)
            .Take(BatchSize)
            .Join(db.Microconferences, t => t.MicroconferenceId, m => m.Id, (t, m) => new { Topic = t, m.Slug })
            .ToListAsync(stop);
        foreach (var (topic, slug) in batch.Select(b => (b.Topic, b.Slug)))
        {
            topic.Rerender(renderer.Render(topic.Details.Source, AnchorPrefix.OfTopic(slug, topic.Position)));
        }

        return batch.Count;
    }

    private async Task<int> RenderNotesAsync(CancellationToken stop)
    {
        var batch = await OldNotes()
            .OrderBy(n => n.Id)
            .Take(BatchSize)
            .Select(n => new
            {
                Notes = n,
                Slug = db
                    .Microconferences.Where(m => m.Id == n.MicroconferenceId || m.Topics.Any(t => t.Id == n.TopicId))
                    .Select(m => m.Slug)
                    .First(),
            })
            .ToListAsync(stop);
        batch.ForEach(old =>
            old.Notes.Rerender(renderer.Render(old.Notes.Text.Source, AnchorPrefix.OfNotes(old.Slug, old.Notes.Of)))
        );
        return batch.Count;
    }

    private async Task<int> RenderBiosAsync(CancellationToken stop)
    {
        var batch = await OldBios().OrderBy(p => p.Id).Take(BatchSize).ToListAsync(stop);
        batch.ForEach(person => person.Rerender(renderer.Render(person.Bio.Source, AnchorPrefix.OfBio)));
        return batch.Count;
    }

    private async Task<int> RenderGuidanceAsync(CancellationToken stop)
    {
        var batch = await OldGuidance().OrderBy(c => c.Id).Take(BatchSize).ToListAsync(stop);
        batch.ForEach(call => call.Rerender(renderer.Render(call.Guidance.Source, AnchorPrefix.OfGuidance)));
        return batch.Count;
    }

    private async Task<int> RenderReviewsAsync(CancellationToken stop)
    {
        var batch = await OldReviews().OrderBy(r => r.Id).Take(BatchSize).ToListAsync(stop);
        batch.ForEach(review =>
            review.Rerender(renderer.Render(review.Text.Source, AnchorPrefix.OfReview(review.ReviewerId)))
        );
        return batch.Count;
    }

    private async Task<int> RenderRemarksAsync(CancellationToken stop)
    {
        var batch = await OldRemarks().OrderBy(r => r.Id).Take(BatchSize).ToListAsync(stop);
        batch.ForEach(remark =>
            remark.Rerender(renderer.Render(remark.Text.Source, AnchorPrefix.OfRemark(remark.ById, remark.At)))
        );
        return batch.Count;
    }

    private async Task<int> RenderNewsAsync(CancellationToken stop)
    {
        var batch = await OldNews().OrderBy(i => i.Id).Take(BatchSize).ToListAsync(stop);
        batch.ForEach(item => item.Rerender(renderer.Render(item.Text.Source, AnchorPrefix.OfNews(item.CreatedAt))));
        return batch.Count;
    }

    private async Task<int> RenderPagesAsync(CancellationToken stop)
    {
        var batch = await OldPages().OrderBy(p => p.Id).Take(BatchSize).ToListAsync(stop);
        batch.ForEach(page =>
            page.Rerender(renderer.Render(page.Text.Source, AnchorPrefix.OfPage(page.Slug), isPage: true))
        );
        return batch.Count;
    }

    private async Task<int> BatchesAsync(
        Func<CancellationToken, Task<int>> renderBatch,
        int total,
        string what,
        IProgress<ImportProgress>? progress,
        CancellationToken stop
    )
    {
        var done = 0;
        while (await renderBatch(stop) is var rendered and > 0)
        {
            await db.SaveChangesAsync(stop);
            db.ChangeTracker.Clear();
            done += rendered;
            progress?.Report(new ImportProgress(what, done, total));
        }

        return done;
    }
}
