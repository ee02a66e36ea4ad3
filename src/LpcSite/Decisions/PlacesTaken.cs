using LpcSite.Microconferences;

namespace LpcSite.Decisions;

/// <summary>
/// How many of a conference's places the accepted microconferences take, those that are accepted tentatively among
/// them.
/// </summary>
/// <param name="Places">Null while nobody has counted them.</param>
/// <param name="Open">
/// Accepted, with the form left for later; counted as full ones, so that a plan that fits stays one.
/// </param>
public sealed record PlacesTaken(int? Places, int Full, int Half, int NoAv, int Open)
{
    /// <summary>
    /// Two of half length share a place; those without staffed audio and video need none of the staffed rooms.
    /// </summary>
    public decimal Taken => Full + Open + (Half / 2m);

    public bool IsOver => Places < Taken;

    /// <param name="all">Of every microconference: what it is, and what it is tentatively to become.</param>
    public static PlacesTaken Of(
        int? places,
        IEnumerable<(MicroconferenceStatus Status, SessionForm? Form, Verdict? Verdict, SessionForm? Meant)> all
    )
    {
        var accepted = all.Where(m =>
                m.Verdict is Verdict.Accept || m.Verdict is null && m.Status is MicroconferenceStatus.Accepted
            )
            .Select(m => m.Meant ?? m.Form)
            .ToList();
        return new(
            places,
            accepted.Count(f => f is SessionForm.Full),
            accepted.Count(f => f is SessionForm.Half),
            accepted.Count(f => f is SessionForm.NoAv),
            accepted.Count(f => f is null)
        );
    }
}
