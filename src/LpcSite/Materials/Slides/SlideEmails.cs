using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Materials.Slides;

/// <summary>Reminds of slides that are missing. Rows only; whoever asks for them saves them.</summary>
internal static class SlideEmails
{
    /// <summary>
    /// One letter to each who has to bring slides and has an account, with all of their topics in it.
    /// </summary>
    /// <param name="microconference">With its conference.</param>
    /// <param name="origin">Scheme and host of the site, for the links.</param>
    /// <returns>The numbers of those who are written to.</returns>
    public static async Task<IReadOnlySet<int>> AddForSpeakersAsync(
        LpcDbContext db,
        Microconference microconference,
        IReadOnlyList<MissingSlides> missing,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        int[] people = [.. missing.SelectMany(m => m.People).Select(p => p.PersonId).Distinct()];
        var readers = await db
            .Users.Where(a => a.EmailConfirmed && people.Contains(a.PersonId))
            .OrderBy(a => a.PersonId)
            .Select(a => new
            {
                a.PersonId,
                a.Person.Name,
                Mail = a.Email!,
            })
            .ToListAsync(stop);
        foreach (var reader in readers)
        {
            var theirs = missing.Where(m => m.People.Any(p => p.PersonId == reader.PersonId)).ToList();
            string[] paragraphs =
            [
                $"The microconference {EmailText.Quoted(microconference.Title)} at "
                    + $"{microconference.Conference.Name} is "
                    + "near, and "
                    + $"{(theirs.Count == 1 ? "your topic has" : "these topics of yours have")} no slides yet. A PDF "
                    + "is best; ODP, PPTX and plain text are taken too. A problem to discuss often needs a "
                    + "single page.",
                .. theirs.SelectMany(m =>
                    new[]
                    {
                        EmailText.Unlinked(m.Title),
                        FormattableString.Invariant($"{origin}{microconference.Path}/topics/{m.TopicId}/materials"),
                    }
                ),
            ];
            db.Letters.Add(
                Letter(
                    microconference,
                    reader.PersonId,
                    reader.Name,
                    reader.Mail,
                    theirs.Count == 1 ? $"Slides: {theirs[0].Title}" : $"Slides for {microconference.Title}",
                    paragraphs,
                    now
                )
            );
        }

        return readers.Select(r => r.PersonId).ToHashSet();
    }

    /// <summary>Tells the leads whose slides are missing, and who was reminded.</summary>
    /// <param name="reminded">The numbers of those who were written to.</param>
    public static async Task AddForLeadsAsync(
        LpcDbContext db,
        Microconference microconference,
        IReadOnlyList<MissingSlides> missing,
        IReadOnlySet<int> reminded,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        string[] paragraphs =
        [
            $"{EmailText.Quoted(microconference.Title)} at {microconference.Conference.Name} begins in a day, and "
                + $"{(missing.Count == 1 ? "one of its topics has" : $"{missing.Count} of its topics have")} no "
                + "slides yet. Whoever could be written to was reminded a moment ago.",
            .. missing.Select(m => $"{EmailText.Unlinked(m.Title)}: {Names(m.People, reminded)}"),
            $"{origin}{microconference.Path}/lead/slides",
        ];
        var readers = await db
            .Users.Where(a =>
                a.EmailConfirmed
                && a.Person.Mail != MailPreference.None
                && db.Leads.Any(l => l.MicroconferenceId == microconference.Id && l.PersonId == a.PersonId)
            )
            .OrderBy(a => a.PersonId)
            .Select(a => new
            {
                a.PersonId,
                a.Person.Name,
                Mail = a.Email!,
            })
            .ToListAsync(stop);
        db.Letters.AddRange(
            readers.Select(reader =>
                Letter(
                    microconference,
                    reader.PersonId,
                    reader.Name,
                    reader.Mail,
                    $"Slides missing: {microconference.Title}",
                    paragraphs,
                    now
                )
            )
        );
    }

    /// <summary>What the letters about the slides of a microconference have in common.</summary>
    public static string ThreadOf(int microconferenceId) => FormattableString.Invariant($"slides/{microconferenceId}");

    private static Email Letter(
        Microconference microconference,
        int personId,
        string name,
        string mail,
        string subject,
        string[] paragraphs,
        Instant now
    ) =>
        new Email(
            personId,
            name,
            mail,
            subject.Length <= LpcSite.Emails.Email.SubjectMaxLength
                ? subject
                : subject[..LpcSite.Emails.Email.SubjectMaxLength],
            EmailText.Write(name, paragraphs),
            now
        ).About(microconference.ConferenceId, microconference.Id, ThreadOf(microconference.Id));

    private static string Names(IReadOnlyList<MissingSlides.Name> people, IReadOnlySet<int> reminded) =>
        people.Count == 0
            ? "nobody is named"
            : string.Join(
                ", ",
                people.Select(p =>
                    reminded.Contains(p.PersonId) ? p.FullName : $"{p.FullName} (has no account, and was not reminded)"
                )
            );
}
