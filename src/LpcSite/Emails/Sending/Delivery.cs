namespace LpcSite.Emails.Sending;

/// <summary>What became of one try to send a letter.</summary>
/// <param name="Outcome">
/// Sent, Waiting when a later try may help, Failed when none will, Unclear when nobody knows whether it arrived.
/// </param>
/// <param name="Answer">The receiving server's own words, or what broke.</param>
/// <param name="IsRoadClosed">Nothing else would get through at the moment.</param>
public sealed record Delivery(EmailState Outcome, string Answer, bool IsRoadClosed = false);
