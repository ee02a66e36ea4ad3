using System.Text;
using LpcSite.Emails.Writing;
using MimeKit;
using MimeKit.Text;

namespace LpcSite.Emails.Sending;

/// <summary>
/// A letter as the message that goes over the wire (RFC 5322): text first, HTML beside it, and the headers by which
/// mail programs thread and filter it. What people typed is data here: it cannot begin a header of its own.
/// </summary>
/// <param name="Host">The site's host name, the right half of every Message-ID.</param>
public sealed record EmailMessage(string Host, MailboxAddress From, MailboxAddress? ReplyTo)
{
    private const int MostReferences = 10;

    /// <param name="list">
    /// What the letter is about, such as <c>rust.2022</c>, for readers who sort their mail by List-Id (RFC 2919); null
    /// for a letter about nothing.
    /// </param>
    /// <param name="earlier">The letters of its thread that went to the same address before it, oldest first.</param>
    /// <exception cref="FormatException">Its address is no mail address.</exception>
    public MimeMessage Compose(Email email, string? list, IReadOnlyList<Guid> earlier)
    {
        var message = new MimeMessage
        {
            MessageId = IdOf(email.Reference),
            Subject = OneLine(email.Subject),
            Date = email.CreatedAt.ToDateTimeOffset(),
        };
        message.From.Add(From);
        message.To.Add(Mailbox(email.ToName, email.ToAddress));
        if ((email.AnswersTo is { } answers ? Mailbox(email.AnswersToName ?? "", answers) : ReplyTo) is { } replyTo)
        {
            message.ReplyTo.Add(replyTo);
        }

        if (earlier.Count > 0)
        {
            // The first keeps the thread together where some in the middle are missing.
            message.References.AddRange(
                earlier.Take(1).Concat(earlier.Skip(1).TakeLast(MostReferences - 1)).Select(IdOf)
            );
            message.InReplyTo = IdOf(earlier[^1]);
        }

        if (list is not null)
        {
            message.Headers.Add("List-Id", $"<{list}.{Host}>");
        }

        // Holiday programs do not answer what says this (RFC 3834, section 5).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        var text = new MultipartAlternative(
            new TextPart(TextFormat.Plain) { Text = Clean(email.Text) },
            new TextPart(TextFormat.Html)
            {
                Text = email.Html is { } html ? Clean(html) : EmailHtml.Write(Clean(email.Text)),
            }
        );
        message.Body = email.Calendar is { } calendar ? new Multipart("mixed", text, Attached(calendar)) : text;
        return message;
    }

    public string IdOf(Guid reference) => $"{reference:N}@{Host}";

    /// <summary>The part of an address by which letters are counted, in lower case.</summary>
    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();

    /// <exception cref="FormatException">The address is none.</exception>
    public static MailboxAddress Mailbox(string name, string address)
    {
        // The parser is generous (comments, blanks, lists of servers); an address that is not exactly what was given is
        // refused.
        if (
            !MailboxAddress.TryParse(address, out var parsed)
            || parsed.Address != address
            || parsed.Name is { Length: > 0 }
            || parsed.Domain.Length == 0
        )
        {
            throw new FormatException($"'{OneLine(address)}' is not a mail address.");
        }

        return new MailboxAddress(Encoding.UTF8, OneLine(name), parsed.Address);
    }

    // In base64, so that no server on the way ends its lines differently or folds them again (RFC 5545, section 3.1).
    // It has no method, as the calendar has none (RFC 6047, section 2.4): it is a file, and nobody is asked to answer.
    private static MimePart Attached(string calendar)
    {
        var part = new MimePart("text", "calendar")
        {
            Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(calendar))),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            FileName = Email.CalendarFile,
        };
        part.ContentType.Charset = "utf-8";
        return part;
    }

    /// <summary>For headers: words with single blanks between them, and nothing that could end a line.</summary>
    private static string OneLine(string text) =>
        string.Join(
            ' ',
            new string([.. text.Select(c => IsForbidden(c) || char.IsWhiteSpace(c) ? ' ' : c)]).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            )
        );

    private static string Clean(string text) =>
        new([.. text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !IsForbidden(c))]);

    private static bool IsForbidden(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
