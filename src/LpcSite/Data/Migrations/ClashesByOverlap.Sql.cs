using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What was accepted for a person and two microconferences is accepted for each time at which the two meet in the draft:
// until now nobody could say it of one alone. What does not clash in the draft keeps its key, and is listed as no longer
// needed.
public partial class ClashesByOverlap
{
    internal const string KeyEachOverlap =
        """
        WITH need AS (
            SELECT s.conference_id, s.id AS slot, l.person_id, 'mc-' || s.microconference_id AS place, '' AS topic, s.room_id, s.during,
                true AS whole, true AS firm, false AS remote, false AS speaks
            FROM slots s JOIN leads l USING (microconference_id)
            UNION ALL
            SELECT s.conference_id, s.id, k.person_id, 'mc-' || s.microconference_id, '', s.room_id, s.during, true, false, false, false
            FROM slots s JOIN key_attendees k USING (microconference_id) WHERE k.declined_at IS NULL
            UNION ALL
            SELECT s.conference_id, s.id, p.person_id, 'mc-' || s.microconference_id, COALESCE('.' || i.topic_id, ''), s.room_id,
                CASE WHEN i.id IS NULL THEN s.during ELSE
                    tstzrange(lower(s.during) + make_interval(mins => i.starts_after), lower(s.during) + make_interval(mins => i.starts_after + i.minutes)) END,
                i.id IS NULL, i.id IS NOT NULL AND NOT p.is_alternative, p.attendance = 'Remote', true
            FROM slots s JOIN topics t USING (microconference_id) JOIN speakers p ON p.topic_id = t.id
                LEFT JOIN session_items i ON i.topic_id = t.id AND i.slot_id = s.id
            WHERE p.declined_at IS NULL AND t.status IN ('Suggested', 'Accepted')
                AND (i.id IS NOT NULL OR NOT EXISTS (SELECT FROM session_items o WHERE o.topic_id = t.id AND o.slot_id IS NOT NULL))
        ), old AS (
            SELECT a.*, split_part(a.key, ':', 1)::int AS person, split_part(a.key, ':', 2) AS one, split_part(a.key, ':', 3) AS other,
                split_part(a.key, ':', 4) AS severity, make_interval(mins => c.walking_minutes) AS walk
            FROM accepted_clashes a JOIN conferences c ON c.id = a.conference_id
            WHERE a.key ~ '^[1-9][0-9]*:(mc-[0-9]+|away):(mc-[0-9]+|night):(Hard|Soft|Walk)$'
        ), met AS (
            SELECT o.id, n.place || '.' || n.slot || n.topic AS one, m.place || '.' || m.slot || m.topic AS other,
                CASE WHEN o.severity = 'Soft' AND n.whole AND m.whole THEN 'Parallel' ELSE o.severity END AS severity,
                rank() OVER (PARTITION BY o.id, n.slot, m.slot ORDER BY n.whole AND m.whole AND o.severity <> 'Walk' DESC) AS place
            FROM old o
                JOIN need n ON n.conference_id = o.conference_id AND n.person_id = o.person AND n.place = o.one
                JOIN need m ON m.conference_id = o.conference_id AND m.person_id = o.person AND m.place = o.other AND m.slot <> n.slot
            WHERE (o.one <> o.other OR n.slot < m.slot) AND (n.firm AND m.firm) = (o.severity <> 'Soft')
                AND CASE WHEN o.severity <> 'Walk' THEN n.during && m.during ELSE
                    n.room_id <> m.room_id AND NOT n.during && m.during
                    AND GREATEST(lower(n.during), lower(m.during)) - LEAST(upper(n.during), upper(m.during)) < o.walk END
            UNION
            SELECT o.id, 'away-' || floor(extract(epoch FROM lower(a.during)) / 60)::bigint, n.place || '.' || n.slot || n.topic, o.severity,
                rank() OVER (PARTITION BY o.id, n.slot, a.id ORDER BY n.whole DESC)
            FROM old o
                JOIN need n ON n.conference_id = o.conference_id AND n.person_id = o.person AND n.place = o.other
                JOIN absences a ON a.conference_id = o.conference_id AND a.person_id = o.person AND a.during && n.during
            WHERE o.one = 'away' AND n.firm = (o.severity = 'Hard')
            UNION
            SELECT o.id, n.place || '.' || n.slot || n.topic, o.other, o.severity, 1
            FROM old o JOIN need n ON n.conference_id = o.conference_id AND n.person_id = o.person AND n.place = o.one
            WHERE o.other = 'night' AND n.speaks AND n.remote
        ), found AS (
            SELECT DISTINCT o.id, o.conference_id, o.reason, o.by_id, o.at,
                o.person || ':' || LEAST(m.one COLLATE "C", m.other COLLATE "C") || ':' || GREATEST(m.one COLLATE "C", m.other COLLATE "C") || ':' || m.severity AS key
            FROM old o JOIN met m USING (id) WHERE m.place = 1
        ), gone AS (
            DELETE FROM accepted_clashes a USING found f WHERE a.id = f.id
        )
        INSERT INTO accepted_clashes (conference_id, key, reason, by_id, at)
        SELECT DISTINCT ON (conference_id, key) conference_id, key, reason, by_id, at FROM found ORDER BY conference_id, key, at
        ON CONFLICT (conference_id, key) DO NOTHING;
        """;

    private static void AcceptEachOverlap(MigrationBuilder migration) => migration.Sql(KeyEachOverlap);
}
