using LpcSite.Infrastructure;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>Opens and closes submissions: one for the microconferences of a conference, one for the topics of a microconference.</summary>
public class Call
{
    private Call()
    {
    }

    /// <param name="microconferenceId">The microconference whose topics it calls for; null when it calls for microconferences.</param>
    public Call(int conferenceId, int? microconferenceId) => (ConferenceId, MicroconferenceId) = (conferenceId, microconferenceId);

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int? MicroconferenceId { get; private set; }
    public Instant OpensAt { get; private set; }

    /// <summary>The first instant at which it is too late.</summary>
    public Instant ClosesAt { get; private set; }

    /// <summary>The zone in which the deadline was announced; "AoE" is <c>Etc/GMT+12</c>, a zone like any other.</summary>
    public DateTimeZone Zone { get; private set; } = null!;

    public void Announce(Instant opensAt, Instant closesAt, DateTimeZone zone)
    {
        Rule.Require(opensAt < closesAt, "A call closes after it opens.");
        (OpensAt, ClosesAt, Zone) = (opensAt, closesAt, zone);
    }

    public bool IsOpen(Instant now) => OpensAt <= now && now < ClosesAt;
}
