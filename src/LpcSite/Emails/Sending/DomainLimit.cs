using NodaTime;

namespace LpcSite.Emails.Sending;

/// <summary>Counts the letters to each receiving domain within the last minute, as seen by this instance.</summary>
internal sealed class DomainLimit(int perMinute)
{
    private static readonly Duration Window = Duration.FromMinutes(1);

    private readonly Dictionary<string, Queue<Instant>> _sent = new(StringComparer.Ordinal);

    public void Count(string domain, Instant now)
    {
        if (!_sent.TryGetValue(domain, out var times))
        {
            _sent[domain] = times = new();
        }

        times.Enqueue(now);
    }

    /// <returns>The domains that get nothing more at the moment.</returns>
    public string[] Full(Instant now)
    {
        foreach (var (domain, times) in _sent)
        {
            while (times.TryPeek(out var first) && first + Window <= now)
            {
                times.Dequeue();
            }

            if (times.Count == 0)
            {
                _sent.Remove(domain);
            }
        }

        return [.. _sent.Where(d => d.Value.Count >= perMinute).Select(d => d.Key)];
    }
}
