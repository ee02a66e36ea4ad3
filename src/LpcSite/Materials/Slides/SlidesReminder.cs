using NodaTime;

namespace LpcSite.Materials.Slides;

/// <summary>
/// That the speakers of a microconference were reminded of their slides the day before: there is one of it, so that
/// they are reminded once.
/// </summary>
public class SlidesReminder
{
    private SlidesReminder() { }

    public int MicroconferenceId { get; private set; }
    public Instant WrittenAt { get; private set; }
}
