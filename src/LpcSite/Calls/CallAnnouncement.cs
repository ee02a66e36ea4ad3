using System.Text;
using LpcSite.Conferences;
using LpcSite.Exports.Text;
using LpcSite.Texts;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>
/// A call as a mail to a list: plain text, 72 columns, the dates and addresses that the site itself keeps.
/// </summary>
public static class CallAnnouncement
{
    /// <param name="microconference">
    /// Whose topics it calls for, by title and address; null when it calls for microconferences.
    /// </param>
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(
        ConferenceFrame conference,
        (string Title, string Path)? microconference,
        CallDocument call,
        Instant now,
        string origin
    )
    {
        var text = new StringBuilder();
        var what = microconference is { } mc
            ? $"call for topics of {Wording.Microconference(mc.Title)}"
            : "call for microconferences";
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Subject: {conference.ShortName}: {what}\n\n");
        var opens = now < call.OpensAt ? $"opens {Dates.Moment(call.OpensAt, call.Zone)} and closes" : "is open until";
        Paragraph(
            text,
            $"The {what}{(microconference is null ? " of" : " at")} {conference.Name} {opens} "
                + $"{Dates.Moment(call.ClosesAt, call.Zone)} ({Dates.Moment(call.ClosesAt, DateTimeZone.Utc)}). "
                + $"The conference takes place in {conference.City}, "
                + $"{Dates.Range(conference.StartsOn, conference.EndsOn)}."
        );
        if (call.Guidance.Source.Length > 0)
        {
            text.Append(TextColumns.Fold(call.Guidance.Source)).Append('\n');
        }

        if (microconference is { Path: var path })
        {
            Link(text, "Submit a topic, or begin a draft and go on later:", $"{origin}{path}/submit");
            Link(text, "What the microconference is about:", origin + path);
        }
        else
        {
            Link(
                text,
                "Propose a microconference, or begin a draft and go on later:",
                $"{origin}{conference.Path}/mc/propose"
            );
            Link(text, "What has been proposed so far:", $"{origin}{conference.Path}/mc");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Link(StringBuilder text, string words, string address)
    {
        Paragraph(text, words);
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {address}\n\n");
    }

    private static void Paragraph(StringBuilder text, string words)
    {
        TextColumns.Paragraph(text, words, "", "");
        text.Append('\n');
    }
}
