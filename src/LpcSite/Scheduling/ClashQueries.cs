using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>The clashes of the draft, for those who ask about one microconference alone.</summary>
public static class ClashQueries
{
    /// <summary>
    /// The clashes of one microconference, as far as its leads may know: among what is accepted, since the organizers alone know what else
    /// they try in a place, and without rooms, which are theirs to choose. In a fixed number of statements; empty while it has no place.
    /// </summary>
    public static async Task<IReadOnlyList<Clash>> ClashesOfAsync(this LpcDbContext db, Microconference microconference, int walkingMinutes, CancellationToken stop)
    {
        var (conferenceId, id) = (microconference.ConferenceId, microconference.Id);
        var slots = db.Slots.Where(s => s.ConferenceId == conferenceId && s.Microconference!.Status == MicroconferenceStatus.Accepted && db.Slots.Any(own => own.MicroconferenceId == id));
        var leads = slots.SelectMany(s => s.Microconference!.Leads, (s, l) => new { Slot = s.Id, Person = l.PersonId, l.Person.Name, Role = NeedRole.Lead, Topic = (int?)null, What = (string?)null, StartsAfter = (int?)null, Minutes = (int?)null, IsAlternative = false, IsRemote = false });
        var attendees = slots.SelectMany(s => s.Microconference!.KeyAttendees.Where(k => k.DeclinedAt == null), (s, k) => new { Slot = s.Id, Person = k.PersonId, k.Person.Name, Role = NeedRole.KeyAttendee, Topic = (int?)null, What = (string?)null, StartsAfter = (int?)null, Minutes = (int?)null, IsAlternative = false, IsRemote = false });

        // What has no time yet may be any time in the first slot of its microconference, as the draft has it.
        var speakers =
            from s in slots
            from t in db.Topics.Public().Where(t => t.MicroconferenceId == s.MicroconferenceId)
            from p in t.Speakers.Where(p => p.DeclinedAt == null)
            from i in db.SessionItems.Where(i => i.TopicId == t.Id && i.SlotId == s.Id).DefaultIfEmpty()
            where i != null || !db.SessionItems.Any(o => o.TopicId == t.Id && o.SlotId != null)
            select new { Slot = s.Id, Person = p.PersonId, p.Person.Name, Role = NeedRole.Speaker, Topic = (int?)t.Id, What = (string?)t.Title, StartsAfter = (int?)i.StartsAfter, Minutes = (int?)i.Minutes, p.IsAlternative, IsRemote = p.Attendance == Attendance.Remote };
        var rows = await leads.Concat(attendees).Concat(speakers).Join(
            db.Slots, r => r.Slot, s => s.Id, (r, s) => new { Need = r, Microconference = s.MicroconferenceId!.Value, s.Microconference!.Title, s.Microconference.Slug, s.RoomId, s.During }).ToListAsync(stop);
        var first = rows.GroupBy(r => r.Microconference).ToDictionary(g => g.Key, g => g.MinBy(r => (r.During.Start, r.Need.Slot))!.Need.Slot);
        var needs = rows.Where(r => r.Need.Topic is null || r.Need.StartsAfter is not null || r.Need.Slot == first[r.Microconference]).Select(r => new Need(
            r.Need.Person, r.Need.Name, RoleOf(r.Need.Role, r.Need.IsAlternative || r.Need.StartsAfter is null), FormattableString.Invariant($"mc-{r.Microconference}"), r.Need.What ?? r.Title, r.Title, r.Slug, r.Need.Slot, r.RoomId,
            DuringOf(r.During, r.Need.StartsAfter, r.Need.Minutes), r.Need.IsRemote, r.Need.Topic));
        var here = FormattableString.Invariant($"mc-{id}");
        var circumstances = await db.CircumstancesAsync(conferenceId, withStars: false, stop);
        return [.. Clashes.Find(needs, circumstances, walkingMinutes).Where(c => c.Concerns(here))];
    }

    private static NeedRole RoleOf(NeedRole role, bool isUncertain) => role is NeedRole.Speaker && isUncertain ? NeedRole.PerhapsSpeaker : role;

    private static Interval DuringOf(Interval slot, int? startsAfter, int? minutes) => startsAfter is { } after && minutes is { } length
        ? new(slot.Start + Duration.FromMinutes(after), slot.Start + Duration.FromMinutes(after + length))
        : slot;
}
