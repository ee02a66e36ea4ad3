using System.Text;
using LpcSite.Emails;
using LpcSite.Emails.Sending;
using LpcSite.Exports.Calendars;
using LpcSite.Exports.Feeds;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Tests.Exports.Calendars;
using LpcSite.Tests.Exports.Schedule;
using MimeKit;
using NodaTime;

namespace LpcSite.Tests.Emails.Sending;

/// <summary>A letter as the bytes that go over the wire, read again by a mail program.</summary>
public sealed class EmailMessageTests
{
    private static readonly EmailMessage Writer = new(
        "pipes.example.org",
        new MailboxAddress("Pipes", "noreply@pipes.example.org"),
        null
    );
    private static readonly Instant Now = Instant.FromUtc(2022, 6, 3, 12, 0);

    [Theory]
    [InlineData("Łukasz Żółć")]
    [InlineData("Arbor, Ann (she)")]
    [InlineData("Ann \"Pipes\" O'Arbor \\ Sons")]
    [InlineData("李 Ann <not@an.address>")]
    public void Compose_WithAnyName_KeepsItAndTheOneAddress(string name)
    {
        var read = Read(new(null, name, "ann@example.org", name, "Hello\n", Now));

        Assert.Equal([(name, "ann@example.org")], read.To.Mailboxes.Select(m => (m.Name ?? "", m.Address)));
        Assert.Equal(name, read.Subject);
    }

    [Theory]
    [InlineData("Hi\r\nBcc: eve@example.org", "Hi Bcc: eve@example.org")]
    [InlineData("Hi\nBcc: eve@example.org\n\nAnother body", "Hi Bcc: eve@example.org Another body")]
    [InlineData("Hi\rBcc: eve@example.org", "Hi Bcc: eve@example.org")]
    [InlineData("Hi\u0085\u2028\0 there", "Hi there")]
    public void Compose_WithLineEndsInNameAndSubject_LeavesThemOneHeader(string typed, string kept)
    {
        var read = Read(new(null, typed, "ann@example.org", typed, "Hello\n", Now));

        Assert.Equal(kept, read.Subject);
        Assert.Equal((kept, "ann@example.org"), (read.To.Mailboxes.Single().Name, read.To.Mailboxes.Single().Address));
        Assert.Empty(read.Bcc);
        Assert.DoesNotContain(read.Headers, h => h.Field == "Bcc");
        Assert.Equal("Hello", read.TextBody!.Trim());
    }

    [Theory]
    [InlineData("ann@example.org\r\nRCPT TO:<eve@example.org>")]
    [InlineData("ann@example.org, eve@example.org")]
    [InlineData("Ann <ann@example.org>")]
    [InlineData("ann")]
    [InlineData("ann @example.org")]
    [InlineData("")]
    public void Compose_WithSomethingElseAsAddress_Refuses(string address) =>
        Assert.Throws<FormatException>(() =>
            Writer.Compose(new(null, "Ann", address, "Hello", "Hello\n", Now), null, [])
        );

    [Fact]
    public void Compose_HasTextFirstAndHtmlBesideIt()
    {
        var read = Read(
            new(
                null,
                "Ann",
                "ann@example.org",
                "Hello",
                "See https://pipes.example.org/2022/mc/łąka now.\r\n.\r\nStill there.\r\n",
                Now
            )
        );

        var both = Assert.IsType<MultipartAlternative>(read.Body);
        Assert.Equal(["text/plain", "text/html"], both.Select(part => part.ContentType.MimeType));
        Assert.Equal(
            "See https://pipes.example.org/2022/mc/łąka now.\n.\nStill there.\n",
            read.TextBody!.ReplaceLineEndings("\n")
        );
        Assert.Contains("<a href=\"https://pipes.example.org/2022/mc/", read.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_WithHtmlOfItsOwn_KeepsIt() =>
        Assert.Equal(
            "<p>Mine</p>",
            Read(new Email(null, "Ann", "ann@example.org", "Hello", "Mine\n", Now).WithHtml("<p>Mine</p>"))
                .HtmlBody!.Trim()
        );

    // Quoted letters, folds and surrogate pairs are where servers on the way like to change something.
    [Theory]
    [InlineData(EncodingConstraint.SevenBit)]
    [InlineData(EncodingConstraint.EightBit)]
    public void Compose_WithACalendar_AttachesItByteForByte(EncodingConstraint constraint)
    {
        var calendar = ScheduleCalendar.Write(
            SomeSchedule.Everything(),
            ScheduleFeed.Of(SomeSchedule.Everything().Document),
            SomeSchedule.Origin
        );

        var read = Read(
            new Email(null, "Ann", "ann@example.org", "Hello", "Hello łódź\n", Now).WithCalendar(calendar),
            constraint
        );

        var mixed = Assert.IsType<Multipart>(read.Body);
        Assert.Equal(["multipart/alternative", "text/calendar"], mixed.Select(part => part.ContentType.MimeType));
        Assert.Equal(
            ["text/plain", "text/html"],
            ((MultipartAlternative)mixed[0]).Select(part => part.ContentType.MimeType)
        );
        Assert.Equal("Hello łódź", read.TextBody!.Trim());
        var file = Assert.IsType<TextPart>(Assert.Single(read.Attachments));
        Assert.Equal(
            ("utf-8", null, "schedule.ics", "attachment"),
            (
                file.ContentType.Charset,
                file.ContentType.Parameters["method"],
                file.FileName,
                file.ContentDisposition?.Disposition
            )
        );
        using var bytes = new MemoryStream();
        file.Content!.DecodeTo(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetBytes(calendar), bytes.ToArray());
        Assert.Equal(
            new CalendarLines(calendar).Events.Count,
            Ical.Net.Calendar.Load(Encoding.UTF8.GetString(bytes.ToArray()))!.Events.Count
        );
    }

    [Fact]
    public void Calendar_OfALetter_GoesOutAtOnceAndIsForgottenWithASecret()
    {
        var email = new Email(1, "Ann", "ann@example.org", "Hello", "Hello\n", Now)
            .WithCalendar("BEGIN:VCALENDAR\r\n")
            .AsPreferred(MailPreference.DailyDigest, DateTimeZone.Utc)
            .Secret();

        Assert.Equal(EmailState.Waiting, email.State);
        Assert.Throws<RuleException>(() =>
            new Email(1, "Ann", "ann@example.org", "Hello", "Hello\n", Now)
                .AsPreferred(MailPreference.DailyDigest, DateTimeZone.Utc)
                .WithCalendar("x")
        );
        Assert.Throws<RuleException>(() => email.WithCalendar(new string('x', Email.CalendarMaxLength + 1)));
        email.Begin();
        email.Deliver(Now);
        Assert.Null(email.Calendar);
    }

    [Fact]
    public void Compose_Twice_IsTheSameMail()
    {
        var email = new Email(null, "Ann", "ann@example.org", "Hello", "Hello\n", Now);

        var (first, second) = (Read(email), Read(email));

        Assert.Equal($"{email.Reference:N}@pipes.example.org", first.MessageId);
        Assert.Equal((first.MessageId, first.Date), (second.MessageId, second.Date));
    }

    [Fact]
    public void Compose_OfALongThread_NamesItsBeginningAndItsEnd()
    {
        var earlier = Enumerable.Range(0, 30).Select(_ => Guid.NewGuid()).ToList();

        var message = Writer.Compose(
            new(null, "Ann", "ann@example.org", "Hello", "Hello\n", Now),
            "rust.2022",
            earlier
        );

        Assert.Equal(
            [earlier[0], .. earlier.TakeLast(9)],
            message.References.Select(id => Guid.ParseExact(id.Split('@')[0], "N"))
        );
        Assert.Equal($"{earlier[^1]:N}@pipes.example.org", message.InReplyTo);
        Assert.Equal("<rust.2022.pipes.example.org>", message.Headers["List-Id"]);
    }

    private static MimeMessage Read(Email email, EncodingConstraint constraint = EncodingConstraint.SevenBit)
    {
        using var wire = new MemoryStream();
        var message = Writer.Compose(email, null, []);
        message.Prepare(constraint, 998);
        message.WriteTo(wire);
        Assert.True(constraint is EncodingConstraint.EightBit || Ascii.IsValid(wire.ToArray()));
        wire.Position = 0;
        return MimeMessage.Load(wire);
    }
}
