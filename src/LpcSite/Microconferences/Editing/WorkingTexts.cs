using System.Runtime.InteropServices;
using LpcSite.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// Keeps unsaved texts while two hundred people write in the last minute of a call: one statement a save, decided by
/// the database, and past the change tracker.
/// </summary>
public sealed class WorkingTexts(LpcDbContext db, IClock clock)
{
    /// <summary>Keeps what somebody has typed so far instead of what they had typed before.</summary>
    /// <param name="fields">The form as JSON: every name with its values.</param>
    /// <returns>When it was kept, and who else is editing.</returns>
    public async Task<(Instant KeptAt, IReadOnlyList<string> Others)> KeepAsync(
        Form form,
        string fields,
        int basedOn,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();
        var others = await db
            .Database.SqlQuery<string>(
                $"""
                WITH kept AS (
                    INSERT INTO working_texts (
                        conference_id, microconference_id, is_of_topic, topic_id, person_id,
                        fields, based_on, kept_at, seen_at)
                    VALUES (
                        {form.ConferenceId}, {form.MicroconferenceId}::integer, {form.IsOfTopic},
                        {form.TopicId}::integer, {form.PersonId},
                        {fields}::jsonb, {basedOn}, {now}, {now})
                    ON CONFLICT (conference_id, microconference_id, is_of_topic, topic_id, person_id)
                    DO UPDATE SET
                        fields = excluded.fields, based_on = excluded.based_on,
                        kept_at = excluded.kept_at, seen_at = excluded.seen_at)
                SELECT p.name AS "Value" FROM working_texts w JOIN people p ON p.id = w.person_id
                WHERE (w.topic_id = {form.TopicId}::integer
                    OR w.microconference_id = {form.MicroconferenceId}::integer
                        AND NOT w.is_of_topic AND NOT {form.IsOfTopic})
                  AND w.person_id <> {form.PersonId} AND w.seen_at > {now - WorkingText.Presence}
                ORDER BY p.name
                """
            )
            .ToListAsync(stop);
        return (now, others);
    }

    /// <summary>A sign of life: what is kept stays as it is.</summary>
    /// <returns>Who else is editing.</returns>
    public async Task<IReadOnlyList<string>> SeeAsync(Form form, int basedOn, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return await db
            .Database.SqlQuery<string>(
                $"""
                WITH seen AS (
                    INSERT INTO working_texts (
                        conference_id, microconference_id, is_of_topic, topic_id, person_id, based_on, seen_at)
                    VALUES (
                        {form.ConferenceId}, {form.MicroconferenceId}::integer, {form.IsOfTopic},
                        {form.TopicId}::integer, {form.PersonId}, {basedOn}, {now})
                    ON CONFLICT (conference_id, microconference_id, is_of_topic, topic_id, person_id)
                    DO UPDATE SET seen_at = excluded.seen_at)
                SELECT p.name AS "Value" FROM working_texts w JOIN people p ON p.id = w.person_id
                WHERE (w.topic_id = {form.TopicId}::integer
                    OR w.microconference_id = {form.MicroconferenceId}::integer
                        AND NOT w.is_of_topic AND NOT {form.IsOfTopic})
                  AND w.person_id <> {form.PersonId} AND w.seen_at > {now - WorkingText.Presence}
                ORDER BY p.name
                """
            )
            .ToListAsync(stop);
    }

    /// <summary>What is kept for this person, or null.</summary>
    public Task<WorkingText?> FindAsync(Form form, CancellationToken stop) =>
        Of(form).AsNoTracking().FirstOrDefaultAsync(stop);

    /// <summary>
    /// Who else is editing the same microconference or topic. Two who begin a new one write two different texts.
    /// </summary>
    public Task<List<string>> OthersAsync(Form form, CancellationToken stop)
    {
        var since = clock.GetCurrentInstant() - WorkingText.Presence;
        return db
            .WorkingTexts.Where(w =>
                form.TopicId != null && w.TopicId == form.TopicId
                || form.MicroconferenceId != null
                    && w.MicroconferenceId == form.MicroconferenceId
                    && !w.IsOfTopic
                    && !form.IsOfTopic
            )
            .Where(w => w.PersonId != form.PersonId && w.SeenAt > since)
            .Select(w => w.Person.Name)
            .OrderBy(name => name)
            .ToListAsync(stop);
    }

    /// <summary>Once it is saved, or thrown away. Part of the caller's transaction, where there is one.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> ForgetAsync(Form form, CancellationToken stop) =>
        await Of(form).ExecuteDeleteAsync(stop) > 0;

    private IQueryable<WorkingText> Of(Form form) =>
        db.WorkingTexts.Where(w =>
            w.ConferenceId == form.ConferenceId
            && w.MicroconferenceId == form.MicroconferenceId
            && w.IsOfTopic == form.IsOfTopic
            && w.TopicId == form.TopicId
            && w.PersonId == form.PersonId
        );

    /// <summary>Whose form it is, and which; without a microconference that of a new one.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Form(int ConferenceId, int? MicroconferenceId, int PersonId)
    {
        public bool IsOfTopic { get; private init; }
        public int? TopicId { get; private init; }

        /// <param name="topicId">Null for a new topic of the microconference.</param>
        public static Form OfTopic(int conferenceId, int microconferenceId, int? topicId, int personId) =>
            new(conferenceId, topicId is null ? microconferenceId : null, personId)
            {
                IsOfTopic = true,
                TopicId = topicId,
            };
    }
}
