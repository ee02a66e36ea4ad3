using System.Text;
using LpcSite.Conferences;
using LpcSite.Exports;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>A call as a mail to a list: plain text, 72 columns, the dates and addresses that the site itself keeps.</summary>
public static class CallAnnouncement
{
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(ConferenceFrame conference, CallDocument call, Instant now, string origin)
    {
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Subject: {conference.ShortName}: call for microconferences\n\n");
        var opens = now < call.OpensAt ? $"opens {Dates.Moment(call.OpensAt, call.Zone)} and closes" : "is open until";
        Paragraph(text, $"The call for microconferences of {conference.Name} {opens} {Dates.Moment(call.ClosesAt, call.Zone)} ({Dates.Moment(call.ClosesAt, DateTimeZone.Utc)}). "
            + $"The conference takes place in {conference.City}, {Dates.Range(conference.StartsOn, conference.EndsOn)}.");
        if (call.Guidance.Source.Length > 0)
        {
            text.Append(TextColumns.Fold(call.Guidance.Source)).Append('\n');
        }

        Paragraph(text, "Propose a microconference, or begin a draft and go on later:");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {origin}{conference.Path}/mc/propose\n\n");
        Paragraph(text, "What has been proposed so far:");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {origin}{conference.Path}/mc\n");
        return text.ToString();
    }

    private static void Paragraph(StringBuilder text, string words)
    {
        TextColumns.Paragraph(text, words, "", "");
        text.Append('\n');
    }
}
