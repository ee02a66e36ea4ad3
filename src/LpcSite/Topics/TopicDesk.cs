namespace LpcSite.Topics;

/// <summary>The three things that leads do with a topic, for the page that has a button for each.</summary>
public sealed record TopicDesk(Choosing Choosing, Asking Asking, Moving Moving);
