using LpcSite.Emails;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Testing;
using Npgsql;

namespace LpcSite.Tests.Emails.Sending;

/// <summary>
/// What becomes of a letter, by what the receiving server says or leaves unsaid. Each test has a database that no other
/// test's letters are in.
/// </summary>
public sealed class EmailSenderTests : IAsyncLifetime
{
    private readonly SiteFixture _site = new();
    private readonly SmtpServer _server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FakeClock Clock => _site.Clock;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task SendDue_WithAWillingServer_DeliversTheLetterAndWritesItDown()
    {
        var written = await WriteAsync("ann@example.org", "Your proposal");

        await SendAsync();

        var email = await ReadAsync(written);
        Assert.Equal(
            (EmailState.Sent, 1, (Instant?)Clock.GetCurrentInstant(), null),
            (email.State, email.Attempts, email.SentAt, email.Problem)
        );
        Assert.Equal((EmailState.Sent, "2.0.0 Taken over"), await LastAttemptAsync(written));
        var taken = Assert.Single(_server.Taken);
        Assert.Equal($"{email.Reference:N}@pipes.example.org", taken.MessageId);
        Assert.Equal(["ann@example.org"], taken.To.Mailboxes.Select(m => m.Address));
        Assert.Contains(
            "MAIL FROM:<noreply@pipes.example.org>",
            string.Join('\n', _server.Commands),
            StringComparison.Ordinal
        );
        Assert.Equal("organizers@pipes.example.org", taken.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("auto-generated", taken.Headers["Auto-Submitted"]);
        Assert.DoesNotContain(_server.Commands, command => command.StartsWith("BDAT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendDue_BeforeItIsDue_LeavesTheLetter()
    {
        var written = await WriteAsync("ann@example.org");
        Clock.Advance(-Duration.FromSeconds(1));

        await SendAsync();

        Assert.Equal(EmailState.Waiting, (await ReadAsync(written)).State);
        Assert.Equal(0, _server.Connections);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 Nobody of that name", EmailState.Failed)]
    [InlineData("RCPT", "450 4.2.0 Greylisted", EmailState.Waiting)]
    [InlineData("DATA", "554 5.7.1 Not from you", EmailState.Failed)]
    [InlineData("DATA", "451 4.3.0 Busy", EmailState.Waiting)]
    [InlineData(".", "554 5.6.0 This text is not welcome", EmailState.Failed)]
    [InlineData(".", "452 4.3.1 Disk full", EmailState.Waiting)]
    [InlineData("MAIL", "553 5.1.8 Not your address", EmailState.Waiting)]
    public async Task SendDue_WhenTheServerRefuses_KeepsItsWords(string command, string words, EmailState outcome)
    {
        _server.Answering = line => line.StartsWith(command, StringComparison.Ordinal) ? new(words) : null;
        var written = await WriteAsync("ann@example.org");

        await SendAsync();

        Assert.Equal(outcome, (await ReadAsync(written)).State);
        Assert.Equal((outcome, words), await LastAttemptAsync(written));
        Assert.Empty(_server.Taken);
    }

    [Theory]
    [InlineData("EHLO", EmailState.Waiting)]
    [InlineData("MAIL", EmailState.Waiting)]
    [InlineData("RCPT", EmailState.Waiting)]
    [InlineData("DATA", EmailState.Waiting)]
    [InlineData(".", EmailState.Unclear)]
    public async Task SendDue_WhenTheLineIsCut_IsUnclearOnlyOnceTheTextHasLeft(string at, EmailState outcome)
    {
        _server.Answering = line => line.StartsWith(at, StringComparison.Ordinal) ? SmtpServer.TakeAndCut : null;
        var written = await WriteAsync("ann@example.org");

        await SendAsync();
        _server.Answering = static _ => null;
        Clock.Advance(Duration.FromDays(1));
        await SendAsync();

        Assert.Equal(outcome is EmailState.Unclear ? outcome : EmailState.Sent, (await ReadAsync(written)).State);
        Assert.Single(_server.Taken);
    }

    [Fact]
    public async Task SendDue_WhenOneIsRefused_SendsTheOthersOverTheSameLine()
    {
        _server.Answering = line => line.StartsWith("RCPT TO:<no@", StringComparison.Ordinal) ? new("550 No") : null;
        await WriteAsync("first@example.org");
        await WriteAsync("no@example.org");
        await WriteAsync("last@example.org");

        await SendAsync();

        Assert.Equal(
            ["first@example.org", "last@example.org"],
            _server.Taken.Select(m => m.To.Mailboxes.Single().Address)
        );
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task SendDue_WhileTheServerIsAway_TriesEverLaterForThreeDaysAndThenFails()
    {
        _server.Answering = static line => line.StartsWith("RCPT", StringComparison.Ordinal) ? new("451 Later") : null;
        var written = await WriteAsync("ann@example.org");
        var start = Clock.GetCurrentInstant();
        List<double> minutes = [];

        await SendAsync();
        while (await ReadAsync(written) is { State: EmailState.Waiting } email)
        {
            minutes.Add((email.DueAt - Clock.GetCurrentInstant()).TotalMinutes);
            Clock.Reset(email.DueAt - Duration.FromSeconds(1));
            await SendAsync();
            Assert.Equal(email.Attempts, (await ReadAsync(written)).Attempts);
            Clock.Reset(email.DueAt);
            await SendAsync();
        }

        Assert.Equal([1, 5, 15, 60, 120, 240, 480, 480, 720, 720, 720, 720], minutes);
        Assert.InRange((Clock.GetCurrentInstant() - start).TotalHours, 70, 74);
        Assert.Equal((EmailState.Failed, "451 Later"), await LastAttemptAsync(written));
    }

    [Fact]
    public async Task SendDue_WithoutAServer_TriesOneLetterAndLetsTheOthersWait()
    {
        var first = await WriteAsync("ann@example.org");
        var second = await WriteAsync("bob@example.org");
        await _server.CloseAsync();

        await SendAsync();

        Assert.Equal((EmailState.Waiting, 1), ((await ReadAsync(first)).State, (await ReadAsync(first)).Attempts));
        Assert.StartsWith(
            "No connection to the mail server:",
            (await ReadAsync(first)).Problem,
            StringComparison.Ordinal
        );
        Assert.Equal((EmailState.Waiting, 0), ((await ReadAsync(second)).State, (await ReadAsync(second)).Attempts));
    }

    [Fact]
    public async Task SendDue_ByTwoInstancesAtOnce_DeliversEachLetterOnce()
    {
        _server.Thinking = static () => TimeSpan.FromMilliseconds(1);
        for (var i = 0; i < 40; i++)
        {
            await WriteAsync($"reader{i}@example.org");
        }

        await Task.WhenAll(SendAsync(), SendAsync(), SendAsync());

        Assert.Equal(40, _server.Taken.Select(m => m.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(40, _server.Taken.Count);
        Assert.True(_server.Connections > 1);
    }

    [Fact]
    public async Task SendDue_WhileAnotherInstanceStillTalks_LeavesItsLetterAlone()
    {
        var isAsked = new TaskCompletionSource();
        var mayAnswer = new ManualResetEventSlim();
        _server.Answering = line =>
        {
            if (line == ".")
            {
                isAsked.SetResult();
                mayAnswer.Wait(Stop);
            }

            return null;
        };
        var written = await WriteAsync("ann@example.org");
        var slow = Task.Run(SendAsync, Stop);
        await isAsked.Task.WaitAsync(Stop);

        await SendAsync();
        Assert.Equal(EmailState.Sending, (await ReadAsync(written)).State);
        mayAnswer.Set();
        await slow;

        Assert.Equal(EmailState.Sent, (await ReadAsync(written)).State);
        Assert.Single(_server.Taken);
    }

    [Fact]
    public async Task SendDue_WhenTheDatabaseCutsItOffMeanwhile_StillWritesDownWhatTheServerSaid()
    {
        _server.Answering = line =>
        {
            if (line == ".")
            {
                CutOffDatabase();
            }

            return null;
        };
        var written = await WriteAsync("ann@example.org");

        await SendAsync();

        Assert.Equal((EmailState.Sent, "2.0.0 Taken over"), await LastAttemptAsync(written));
    }

    [Fact]
    public async Task SendDue_WhenTheDatabaseCutsItOffBeforeTheTextLeaves_TriesAgainAndDeliversOnce()
    {
        _server.Answering = line =>
        {
            if (line == "DATA")
            {
                CutOffDatabase();
            }

            return null;
        };
        var written = await WriteAsync("ann@example.org");

        await SendAsync();
        _server.Answering = static _ => null;
        Clock.Advance(Duration.FromHours(1));
        await SendAsync();

        Assert.Equal(EmailState.Sent, (await ReadAsync(written)).State);
        Assert.Single(_server.Taken);
    }

    [Fact]
    public async Task SendDue_OfALetterThatADeadSenderHeld_TriesItAgainOrCallsItUnclear()
    {
        var untouched = await WriteAsync("ann@example.org");
        var handedOver = await WriteAsync("bob@example.org");
        await using (var db = _site.OpenDatabase())
        {
            await db.Letters.ExecuteUpdateAsync(
                l => l.SetProperty(x => x.State, EmailState.Sending).SetProperty(x => x.Attempts, 1),
                Stop
            );
            await db
                .Letters.Where(l => l.Id == handedOver)
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.StartedAt, Clock.GetCurrentInstant()), Stop);
        }

        await SendAsync();

        Assert.Equal(EmailState.Sent, (await ReadAsync(untouched)).State);
        Assert.Equal(EmailState.Unclear, (await ReadAsync(handedOver)).State);
        Assert.Equal(["ann@example.org"], _server.Taken.Select(m => m.To.Mailboxes.Single().Address));
    }

    [Fact]
    public async Task SendDue_OfASecretLetter_ForgetsItsTextOnceItIsSent()
    {
        _server.Answering = static line => line == "." ? new("451 Later") : null;
        var written = await WriteAsync(
            "ann@example.org",
            text: "Open https://pipes.example.org/account/confirm?key=abc",
            secret: true
        );

        await SendAsync();
        Assert.Contains("key=abc", (await ReadAsync(written)).Text, StringComparison.Ordinal);
        _server.Answering = static _ => null;
        Clock.Advance(Duration.FromMinutes(1));
        await SendAsync();

        Assert.Equal(Email.Forgotten, (await ReadAsync(written)).Text);
        Assert.Contains("key=abc", Assert.Single(_server.Taken).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendDue_WithManyForOneDomain_KeepsToItsLimitAndSendsToOthers()
    {
        for (var i = 0; i < 5; i++)
        {
            await WriteAsync($"reader{i}@Busy.example");
        }

        await WriteAsync("ann@quiet.example");
        await using var sending = new GivenSender(_site.ConnectionString, Clock, _server, perDomainAndMinute: 2);

        await sending.SendDueAsync();
        Assert.Equal(["busy.example", "busy.example", "quiet.example"], Domains());
        Clock.Advance(Duration.FromSeconds(59));
        await sending.SendDueAsync();
        Assert.Equal(3, _server.Taken.Count);
        Clock.Advance(Duration.FromSeconds(1));
        await sending.SendDueAsync();

        Assert.Equal(["busy.example", "busy.example", "busy.example", "busy.example", "quiet.example"], Domains());

        string[] Domains() =>
            [
                .. _server
                    .Taken.Select(m => m.To.Mailboxes.Single().Domain.ToLowerInvariant())
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Fact]
    public async Task SendDue_OfOneThread_AnswersTheEarlierLettersToTheSameAddress()
    {
        var conference = await _site.Given.ConferenceAsync();
        var rust = await _site.Given.MicroconferenceAsync("Rust");
        foreach (var address in new[] { "ann@example.org", "bob@example.org", "ann@example.org", "ann@example.org" })
        {
            await WriteAsync(address, with: email => email.About(conference.Id, rust.Id, "mc/1"));
        }

        await SendAsync();

        var taken = _server.Taken;
        Assert.Equal([null, null, taken[0].MessageId, taken[2].MessageId], taken.Select(m => m.InReplyTo));
        Assert.Equal([taken[0].MessageId!, taken[2].MessageId!], taken[3].References);
        Assert.Equal("<rust.2022.pipes.example.org>", taken[0].Headers["List-Id"]);
    }

    [Fact]
    public async Task SendDue_OfAnAddressThatIsNone_FailsWithASentenceAndSendsTheRest()
    {
        var wrong = await WriteAsync("ann@example.org> SIZE=1\r\nRCPT TO:<eve@example.org");
        await WriteAsync("bob@example.org");

        await SendAsync();

        Assert.Equal(EmailState.Failed, (await ReadAsync(wrong)).State);
        Assert.EndsWith("is not a mail address.", (await ReadAsync(wrong)).Problem, StringComparison.Ordinal);
        Assert.Equal(["bob@example.org"], _server.Taken.Select(m => m.To.Mailboxes.Single().Address));
    }

    // A hundred letters of others, due for longer and to the same domain, keep nobody from getting in.
    [Fact]
    public async Task SendDue_WithABulkBefore_SendsFirstWhatSomebodyWaitsFor()
    {
        for (var i = 0; i < 4; i++)
        {
            await WriteAsync($"bulk-{i}@example.org");
            await WriteAsync($"invited-{i}@example.org", with: email => email.SecretOfAnother());
        }

        Clock.Advance(Duration.FromSeconds(1));
        await WriteAsync("waits@example.org", secret: true);
        await using var sending = new GivenSender(_site.ConnectionString, Clock, _server, perDomainAndMinute: 2);

        await sending.SendDueAsync();
        await WriteAsync("waits-too@EXAMPLE.org", secret: true);
        await sending.SendDueAsync();

        Assert.Equal(
            ["waits@example.org", "bulk-0@example.org", "invited-0@example.org", "waits-too@EXAMPLE.org"],
            _server.Taken.Select(m => m.To.Mailboxes.Single().Address)
        );
    }

    private async Task SendAsync()
    {
        await using var sending = new GivenSender(_site.ConnectionString, Clock, _server);
        await sending.SendDueAsync();
    }

    private async Task<long> WriteAsync(
        string address,
        string subject = "Hello",
        string text = "Hello.\n",
        bool secret = false,
        Action<Email>? with = null
    )
    {
        await using var db = _site.OpenDatabase();
        var email = new Email(null, "Ann Arbor", address, subject, text, Clock.GetCurrentInstant());
        with?.Invoke(email);
        db.Letters.Add(secret ? email.Secret() : email);
        await db.SaveChangesAsync(Stop);
        return email.Id;
    }

    private async Task<Email> ReadAsync(long id)
    {
        await using var db = _site.OpenDatabase();
        return await db.Letters.SingleAsync(l => l.Id == id, Stop);
    }

    private async Task<(EmailState Outcome, string Answer)> LastAttemptAsync(long id)
    {
        await using var db = _site.OpenDatabase();
        var attempt = await db
            .LetterAttempts.Where(a => a.LetterId == id)
            .OrderByDescending(a => a.Id)
            .FirstAsync(Stop);
        return (attempt.Outcome, attempt.Answer);
    }

    private void CutOffDatabase()
    {
        using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_site.ConnectionString) { Pooling = false }.ConnectionString
        );
        connection.Open();
        using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
                + "pg_backend_pid()",
            connection
        );
        command.ExecuteNonQuery();
    }
}
