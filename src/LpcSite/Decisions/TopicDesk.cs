using LpcSite.Topics.Speakers;
using LpcSite.Topics.Transfers;

namespace LpcSite.Decisions;

/// <summary>What leads do with a topic, for the page that has a button for each.</summary>
public sealed record TopicDesk(
    TopicDecisions Choosing,
    TopicChanges Asking,
    TopicTransfers Moving,
    SpeakerAssignments Adopting,
    SpeakerInvitations Speaking
);
