using Microsoft.EntityFrameworkCore;

namespace LpcSite.Emails;

/// <summary>Questions about letters that more than one asks.</summary>
public static class EmailQueries
{
    /// <summary>
    /// What the organizers of a conference look after: its letters, and those that belong to no conference.
    /// </summary>
    public static IQueryable<Email> SeenFrom(this IQueryable<Email> letters, int conferenceId) =>
        letters.Where(l => l.ConferenceId == conferenceId || l.ConferenceId == null);

    /// <summary>Those that have every word in the address, the name or the subject.</summary>
    public static IQueryable<Email> With(this IQueryable<Email> letters, string words)
    {
        foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var escaped = word.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal);
            var pattern = $"%{escaped}%";
            letters = letters.Where(l =>
                EF.Functions.ILike(l.ToAddress, pattern)
                || EF.Functions.ILike(l.ToName, pattern)
                || EF.Functions.ILike(l.Subject, pattern)
            );
        }

        return letters;
    }
}
