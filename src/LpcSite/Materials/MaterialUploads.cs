using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Materials.Slides;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Materials;

/// <summary>
/// How materials come to a topic, go from its pages and come back. Who comes at the same moment waits for their turn at
/// the topic.
/// </summary>
public sealed class MaterialUploads(LpcDbContext db, IClock clock)
{
    private const string Via = "materials";

    /// <param name="file">At its beginning; goes into the database without ever being whole in memory.</param>
    public Task<Material> SlidesAsync(
        Microconference microconference,
        Topic topic,
        SlidesFile slides,
        Stream file,
        Person by,
        CancellationToken stop
    ) =>
        AddAsync(
            microconference,
            topic,
            (number, now) => Material.OfSlides(topic.Id, number, slides, by, now),
            MaterialKind.Slides,
            file,
            stop
        );

    public Task<Material> LinkAsync(
        Microconference microconference,
        Topic topic,
        string title,
        string url,
        Person by,
        CancellationToken stop
    ) =>
        AddAsync(
            microconference,
            topic,
            (number, now) => Material.OfLink(topic.Id, number, title, url, by, now),
            MaterialKind.Link,
            null,
            stop
        );

    /// <param name="startOffset">Seconds.</param>
    public Task<Material> RecordingAsync(
        Microconference microconference,
        Topic topic,
        string url,
        int startOffset,
        Person by,
        CancellationToken stop
    ) =>
        AddAsync(
            microconference,
            topic,
            (number, now) => Material.OfRecording(topic.Id, number, url, startOffset, by, now),
            MaterialKind.Recording,
            null,
            stop
        );

    public async Task<Material> RemoveAsync(
        Microconference microconference,
        Topic topic,
        int id,
        Person by,
        CancellationToken stop
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var material = Require(await TakeTurnAsync([topic.Id], stop), id);
        var (before, now) = (Describe(topic, material), clock.GetCurrentInstant());
        material.Remove(now);
        Record(microconference, topic, material, "removed a material", before, by, now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return material;
    }

    /// <summary>Undoes a removal; of an older version, shows that one instead of the newest.</summary>
    public async Task<Material> BringBackAsync(
        Microconference microconference,
        Topic topic,
        int id,
        Person by,
        CancellationToken stop
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var known = await TakeTurnAsync([topic.Id], stop);
        var material = Require(known, id);
        var (before, now) = (Describe(topic, material), clock.GetCurrentInstant());

        // Saved first: at no moment may two be current.
        Supersede(known.Where(m => m != material), material.Kind, now);
        await db.SaveChangesAsync(stop);
        material.BringBack();
        Record(microconference, topic, material, "brought a material back", before, by, now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return material;
    }

    /// <summary>
    /// One recording of the whole microconference, and where each topic begins in it. A topic without a time is not in
    /// it.
    /// </summary>
    /// <param name="startOffsets">Seconds, by the number of the topic.</param>
    public async Task RecordAllAsync(
        Microconference microconference,
        string url,
        IReadOnlyDictionary<int, int?> startOffsets,
        Person by,
        CancellationToken stop
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (known, now) = (await TakeTurnAsync([.. startOffsets.Keys], stop), clock.GetCurrentInstant());
        var recordings = known.Where(m => m.Kind is MaterialKind.Recording).ToLookup(m => m.TopicId);
        var before = Describe(known.Where(m => m.Kind is MaterialKind.Recording && m.IsCurrent));
        foreach (var (topicId, startOffset) in startOffsets)
        {
            var number = 1 + recordings[topicId].Select(m => m.Number).DefaultIfEmpty().Max();
            var wanted = startOffset is { } seconds
                ? Material.OfRecording(topicId, number, url, seconds, by, now)
                : null;
            var shown = recordings[topicId].FirstOrDefault(m => m.IsCurrent);
            if (wanted is null)
            {
                shown?.Remove(now);
            }
            else if (shown?.IsSameAs(wanted) is not true)
            {
                RequireRoom(known.Count(m => m.TopicId == topicId));
                Supersede(recordings[topicId], MaterialKind.Recording, now);
                known.Add(db.Materials.Add(wanted).Entity);
            }
        }

        var after = Describe(known.Where(m => m.Kind is MaterialKind.Recording && m.IsCurrent));
        db.Record(
            new Act(by, "lead/recording", now),
            "set the recording",
            microconference.AsSubject(),
            before: before,
            after: after
        );
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    private async Task<Material> AddAsync(
        Microconference microconference,
        Topic topic,
        Func<int, Instant, Material> make,
        MaterialKind kind,
        Stream? file,
        CancellationToken stop
    )
    {
        Rule.Require(!topic.IsOver, $"“{topic.Title}” is {topic.StatusWord}, and takes no materials any more.");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (known, now) = (await TakeTurnAsync([topic.Id], stop), clock.GetCurrentInstant());
        RequireRoom(known.Count);
        var material = make(1 + known.Where(m => m.Kind == kind).Select(m => m.Number).DefaultIfEmpty().Max(), now);
        Rule.Require(
            !known.Exists(m => m.IsCurrent && m.IsSameAs(material)),
            kind is MaterialKind.Slides ? "These are the very slides that are there already." : "That is there already."
        );
        Supersede(known, kind, now);
        db.Materials.Add(material);
        Record(
            microconference,
            topic,
            material,
            kind switch
            {
                MaterialKind.Slides => "brought slides",
                MaterialKind.Link => "added a link",
                _ => "added a recording",
            },
            null,
            material.By,
            now
        );
        await db.SaveChangesAsync(stop);
        if (file is not null)
        {
            var written = await MaterialBytes.WriteAsync(db, material.Id, file, stop);
            Rule.Require(written == material.Size, "The file changed while it was read. Send it again.");
        }

        await transaction.CommitAsync(stop);
        return material;
    }

    // Whoever changes materials of the same topics queues here until the transaction ends, so that versions are counted
    // one after the other.
    private async Task<List<Material>> TakeTurnAsync(int[] topics, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM topics WHERE id = ANY ({topics}) ORDER BY id FOR NO KEY UPDATE",
            stop
        );
        return await db.Materials.Where(m => topics.Contains(m.TopicId)).OrderBy(m => m.Id).ToListAsync(stop);
    }

    private static void RequireRoom(int there) =>
        Rule.Require(
            there < Material.MaxOfTopic,
            $"A topic has at most {Material.MaxOfTopic} materials, older versions and removed ones included, and "
                + "this one has as many."
        );

    private static void Supersede(IEnumerable<Material> known, MaterialKind kind, Instant now)
    {
        foreach (
            var older in known.Where(m => kind is not MaterialKind.Link && m.Kind == kind && m.SupersededAt is null)
        )
        {
            older.Supersede(now);
        }
    }

    private static Material Require(List<Material> known, int id)
    {
        var material = known.Find(m => m.Id == id);
        Rule.Require(material is not null, "That material is not here any more.");
        return material;
    }

    // Drafts are their author's: the record, which leads read, says nothing of them.
    private void Record(
        Microconference microconference,
        Topic topic,
        Material material,
        string verb,
        string? before,
        Person by,
        Instant now
    )
    {
        if (topic.Status is not TopicStatus.Draft)
        {
            db.Record(
                new Act(by, Via, now),
                verb,
                microconference.AsSubject(),
                before: before,
                after: Describe(topic, material)
            );
        }
    }

    private static string Describe(Topic topic, Material material) =>
        JsonSerializer.Serialize(
            new
            {
                topic = topic.Title,
                kind = material.Kind.ToString(),
                number = material.Number,
                title = material.Title ?? material.FileName,
                url = material.Url,
                begins = material.StartOffset is { } seconds ? StartTime.Write(seconds) : null,
                size = material.Size,
                hash = material.Hash,
                shown = material.IsCurrent,
            }
        );

    private static string Describe(IEnumerable<Material> recordings) =>
        JsonSerializer.Serialize(
            recordings
                .OrderBy(m => m.StartOffset)
                .Select(m => new
                {
                    topic = m.TopicId,
                    url = m.Url,
                    begins = StartTime.Write(m.StartOffset ?? 0),
                })
        );
}
