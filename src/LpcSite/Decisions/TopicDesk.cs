using LpcSite.Topics.Speakers;
using LpcSite.Topics.Transfers;

namespace LpcSite.Decisions;

/// <summary>What leads do with a topic, for the page that has a button for each.</summary>
public sealed record TopicDesk(Choosing Choosing, Asking Asking, Moving Moving, Adopting Adopting, Speaking Speaking);
