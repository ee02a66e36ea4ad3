namespace LpcSite.Scheduling.Sessions;

/// <summary>How the leads of a microconference want its session to be.</summary>
/// <param name="Again">Items that waited for a place and are taken in again, as one of the parts.</param>
/// <param name="LetsGo">What else waits is not needed any more.</param>
/// <param name="Version">The <see cref="Session.Version"/> that they had on screen.</param>
public sealed record Arrangement(
    IReadOnlyList<SessionPart> Parts,
    IReadOnlyCollection<int> Again,
    bool LetsGo,
    string Version
);
