using System.Text.RegularExpressions;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.People;
using LpcSite.Reviews.Assignments;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Reviews.Remarks;

/// <summary>
/// Tells of remarks those who take part: the leads, where it is said to them; reviewers who were asked to read the
/// proposal, who reviewed it or who spoke before; and whoever is named with an @. Where no reviewer takes part yet, the
/// organizers answer. Rows only.
/// </summary>
public sealed partial class RemarkEmails(LpcDbContext db)
{
    /// <summary>What the remark came with.</summary>
    public enum Cause
    {
        Remark,
        ChangesRequested,
        Changed,
    }

    /// <param name="remark">
    /// With its microconference, and that with its conference and leads; made by somebody who may.
    /// </param>
    /// <param name="origin">Scheme and host of the site, for the link.</param>
    public async Task AddAsync(Remark remark, Cause cause, string origin, CancellationToken stop)
    {
        var microconference = remark.Microconference;
        var interests = await Interests.OfAsync(db, microconference.ConferenceId, stop);
        var named = Mention()
            .Matches(remark.Text.Source)
            .Select(m => m.Groups["slug"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var circle = await CircleAsync(remark, stop);
        var distant = circle.FindAll(r => !r.IsLead && interests.Of(microconference.Id, r.PersonId) is null);
        var reviewers = distant.FindAll(r => r.TakesPart || named.Contains(r.Slug));
        if (reviewers.Count == 0)
        {
            reviewers = distant.FindAll(r => r.IsOrganizer);
        }

        var leads = remark.Audience is Audience.Leads ? circle.FindAll(r => r.IsLead) : [];
        foreach (
            var reader in leads
                .Concat(reviewers)
                .Where(r => r.PersonId != remark.By.Id && r.Preference is not MailPreference.None)
        )
        {
            var paragraphs = Paragraphs(remark, cause, reader, origin);
            var text = reader.IsOrganizer
                ? EmailText.WriteToOrganizer(reader.Name, paragraphs)
                : EmailText.Write(reader.Name, paragraphs);
            var email = new Email(
                reader.PersonId,
                reader.Name,
                reader.Mail,
                SubjectOf(remark, cause),
                text,
                remark.At
            ).About(
                microconference.ConferenceId,
                microconference.Id,
                FormattableString.Invariant($"mc/{microconference.Id}/{remark.Audience}")
            );

            // What the leads are asked to do does not wait.
            db.Letters.Add(
                reader.IsLead && cause is Cause.ChangesRequested
                    ? email
                    : email.AsPreferred(reader.Preference, reader.Zone ?? microconference.Conference.TimeZone)
            );
        }
    }

    private Task<List<Reader>> CircleAsync(Remark remark, CancellationToken stop)
    {
        var (id, conference, audience) = (
            remark.Microconference.Id,
            remark.Microconference.ConferenceId,
            remark.Audience
        );
        return db
            .Users.Where(a => a.EmailConfirmed)
            .Where(a =>
                db.Leads.Any(l => l.MicroconferenceId == id && l.PersonId == a.PersonId)
                || db.Organizers.Any(o => o.PersonId == a.PersonId)
                || db.Reviewers.Any(r => r.ConferenceId == conference && r.PersonId == a.PersonId)
            )
            .OrderBy(a => a.PersonId)
            .Select(a => new Reader(
                a.PersonId,
                a.Person.Name,
                a.Person.Slug,
                a.Email!,
                a.Person.Mail,
                a.Person.Zone,
                db.Leads.Any(l => l.MicroconferenceId == id && l.PersonId == a.PersonId),
                db.Organizers.Any(o => o.PersonId == a.PersonId),
                db.Assignments.Any(x => x.MicroconferenceId == id && x.ReviewerId == a.PersonId)
                    || db.Reviews.Any(x => x.MicroconferenceId == id && x.ReviewerId == a.PersonId)
                    || db.Remarks.Any(x => x.MicroconferenceId == id && x.Audience == audience && x.ById == a.PersonId)
            ))
            .ToListAsync(stop);
    }

    private static string SubjectOf(Remark remark, Cause cause)
    {
        var title = remark.Microconference.Title;
        return cause switch
        {
            Cause.ChangesRequested => $"Changes asked for: {title}",
            Cause.Changed => $"Proposed again: {title}",
            _ => remark.Audience is Audience.Leads ? $"About your proposal: {title}" : $"Among reviewers: {title}",
        };
    }

    private static IEnumerable<string> Paragraphs(Remark remark, Cause cause, Reader reader, string origin)
    {
        var microconference = remark.Microconference;
        var page =
            origin
            + (
                reader.IsLead
                    ? $"{microconference.Path}/lead/review"
                    : $"{microconference.Conference.Path}/review/{microconference.Slug}"
            );
        yield return cause switch
        {
            Cause.ChangesRequested =>
                $"{remark.By.Name} asks for changes in the proposal {EmailText.Quoted(microconference.Title)} "
                    + "before it can be decided:",
            Cause.Changed => $"{remark.By.Name} has changed the proposal {EmailText.Quoted(microconference.Title)} and "
                + "proposed it again:",
            _ => $"{remark.By.Name} about the proposal {EmailText.Quoted(microconference.Title)}:",
        };
        if (remark.Quote is { } quote)
        {
            yield return $"> {(quote.Length > 200 ? string.Concat(quote.AsSpan(0, 200), " …") : quote)}";
        }

        yield return remark.Text.Source;
        yield return remark.Audience is Audience.Leads
            ? "Answer here, so that everybody who takes part can read it:"
            : "Answer here; its leads do not see it:";
        yield return page;
    }

    // The last part of the address of somebody's page, as the pages suggest it.
    [GeneratedRegex(
        @"(?<![\w/])@(?<slug>[a-z0-9]+(-[a-z0-9]+)*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Mention();

    private sealed record Reader(
        int PersonId,
        string Name,
        string Slug,
        string Mail,
        MailPreference Preference,
        DateTimeZone? Zone,
        bool IsLead,
        bool IsOrganizer,
        bool TakesPart
    );
}
