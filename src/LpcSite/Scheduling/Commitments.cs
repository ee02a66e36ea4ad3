using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>What the people of one session are needed for elsewhere while it runs, and when they are away, so that its leads give a topic a time at which its speakers can be there.</summary>
public sealed class Commitments(ScheduleDocument draft, Circumstances circumstances, int microconference, string title)
{
    private readonly string _here = FormattableString.Invariant($"mc-{microconference}");

    // Only what is accepted: where the organizers try something out is theirs to know.
    private readonly ILookup<int?, Need> _elsewhere = Clashes.NeedsOf(draft.ForThePublic())
        .Where(n => n.Where != FormattableString.Invariant($"mc-{microconference}")).ToLookup(n => n.Person);

    /// <summary>One for each of these speakers and each microconference in which he is needed at that time, or right before or after it; and where he is away then, or has night.</summary>
    public IEnumerable<Clash> Of(string topic, IEnumerable<ScheduleDocument.Speaker> speakers, Session.Place place, Interval during) => speakers.SelectMany(s => Clashes.Find(
        _elsewhere[s.Person].Append(new(s.Person, s.FullName, s.IsAlternative ? NeedRole.PerhapsSpeaker : NeedRole.Speaker, _here, topic, title, null, place.Slot, place.Room, during, s.IsRemote)),
        circumstances, draft.Conference.WalkingMinutes)).Where(c => c.Concerns(_here));
}
