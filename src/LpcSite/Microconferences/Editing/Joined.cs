namespace LpcSite.Microconferences.Editing;

/// <summary>A text that was put together from two, and not gone on with yet.</summary>
/// <param name="One">Of the microconference that stays.</param>
/// <param name="Other">Of the one that became a part of it.</param>
public sealed record Joined(Joined.Part One, Joined.Part Other, string Description, string Results)
{
    /// <summary>One of the two texts, as it stands in its own history.</summary>
    public sealed record Part(
        string Conference,
        string Slug,
        string Title,
        int Number,
        string Description,
        string Results
    )
    {
        public string Address => $"/{Conference}/mc/{Slug}/history/{Number}";
    }
}
