using LpcSite.Imports.Folder;
using LpcSite.Topics;

namespace LpcSite.Imports;

/// <summary>
/// Which topic of the site each topic of a file is: a topic keeps its address when its text or its place changes.
/// </summary>
internal static class TopicMatch
{
    /// <param name="listed">The topics that the leads list now, in their order.</param>
    /// <param name="withdrawn">Those that were taken out before, and may come back.</param>
    /// <returns>For each topic of the file the one it is; null if it is new.</returns>
    public static IReadOnlyList<Topic?> Match(
        IReadOnlyList<ConferenceFolder.Topic> wanted,
        IReadOnlyList<Topic> listed,
        IReadOnlyList<Topic> withdrawn
    )
    {
        var matches = new Topic?[wanted.Count];
        var free = listed.ToHashSet();
        var gone = withdrawn.ToHashSet();
        Take(free, listed, (topic, wish) => topic.Title == wish.Title && topic.Group == wish.Group);
        Take(free, listed, (topic, wish) => topic.Title == wish.Title);
        Take(gone, withdrawn, (topic, wish) => topic.Title == wish.Title);

        // What is left over at the same place is the same topic under a new title.
        for (var i = 0; i < matches.Length; i++)
        {
            if (matches[i] is null && i < listed.Count && free.Remove(listed[i]))
            {
                matches[i] = listed[i];
            }
        }

        return matches;

        void Take(HashSet<Topic> left, IReadOnlyList<Topic> topics, Func<Topic, ConferenceFolder.Topic, bool> same)
        {
            for (var i = 0; i < matches.Length; i++)
            {
                if (
                    matches[i] is null
                    && topics.FirstOrDefault(topic => left.Contains(topic) && same(topic, wanted[i])) is { } match
                )
                {
                    left.Remove(match);
                    matches[i] = match;
                }
            }
        }
    }
}
