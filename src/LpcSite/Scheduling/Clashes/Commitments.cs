using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// What the people of one session are needed for elsewhere while it runs, and when they are away, so that its leads
/// give a topic a time at which its speakers can be there.
/// </summary>
public sealed class Commitments(ScheduleDocument draft, Circumstances circumstances, int microconference, string title)
{
    private readonly string _here = ClashFinder.WhereOf(microconference);

    // Only what is accepted: where the organizers try something out is theirs to know.
    private readonly ILookup<int?, Need> _elsewhere = ClashFinder
        .NeedsOf(draft.ForThePublic())
        .Where(n => n.Where != ClashFinder.WhereOf(microconference))
        .ToLookup(n => n.Person);

    /// <summary>
    /// One for each of these speakers and each time at which they are needed elsewhere meanwhile, or right before or
    /// after it; and where they are away then, or have night.
    /// </summary>
    public IEnumerable<Clash> Of(
        int topic,
        string about,
        IEnumerable<ScheduleDocument.Speaker> speakers,
        Session.Place place,
        Interval during
    )
    {
        var here = new Need(
            null,
            "",
            NeedRole.Speaker,
            _here,
            about,
            title,
            null,
            place.Slot,
            place.Room,
            during,
            Topic: topic,
            HasTime: true
        );
        return speakers
            .SelectMany(s =>
                ClashFinder.Find(
                    _elsewhere[s.Person].Append(Of(here, s)),
                    circumstances,
                    draft.Conference.WalkingMinutes
                )
            )
            .Where(c => c.Concerns(_here));
    }

    private static Need Of(Need here, ScheduleDocument.Speaker speaker) =>
        here with
        {
            Person = speaker.Person,
            Name = speaker.FullName,
            Role = speaker.IsAlternative ? NeedRole.PerhapsSpeaker : NeedRole.Speaker,
            IsRemote = speaker.IsRemote,
        };
}
