using NodaTime;

namespace LpcSite.Emails;

/// <summary>One line of the delivery log: what happened when a letter was tried.</summary>
public class EmailAttempt
{
    private EmailAttempt() { }

    public EmailAttempt(long letterId, Instant at, EmailState outcome, string answer) =>
        (LetterId, At, Outcome, Answer) = (
            letterId,
            at,
            outcome,
            answer.Length > Email.ProblemMaxLength ? answer[..Email.ProblemMaxLength] : answer
        );

    public long Id { get; private set; }
    public long LetterId { get; private set; }
    public Instant At { get; private set; }

    /// <summary>The state it was in after that.</summary>
    public EmailState Outcome { get; private set; }

    /// <summary>The receiving server's own words, or what broke.</summary>
    public string Answer { get; private set; } = null!;
}
