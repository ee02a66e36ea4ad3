using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Sending;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Emails.Sending;

/// <summary>The sender hears of a letter when it is committed, not a round later.</summary>
public sealed class EmailSignalTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_WithALetter_Rings()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        var heard = await ListenAsync();

        db.Add(New());
        await db.SaveChangesAsync(Stop);

        await heard.WaitAsync(Moment, Stop);
    }

    [Fact]
    public async Task Commit_OfATransactionWithALetter_RingsThenAndNotBefore()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        var heard = await ListenAsync();

        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        db.Add(New());
        await db.SaveChangesAsync(Stop);
        await Task.Delay(50, Stop);
        Assert.False(heard.IsCompleted);
        await transaction.CommitAsync(Stop);

        await heard.WaitAsync(Moment, Stop);
    }

    [Fact]
    public async Task Host_WithoutSending_LeavesLettersAsTheyWereWritten()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        var email = New();
        db.Add(email);
        await db.SaveChangesAsync(Stop);

        await Task.Delay(300, Stop);

        Assert.Equal(
            EmailState.Waiting,
            await db.Letters.AsNoTracking().Where(l => l.Id == email.Id).Select(l => l.State).SingleAsync(Stop)
        );
    }

    // The bell of another test of this class may not have been heard yet.
    private async Task<Task> ListenAsync()
    {
        var bell = site.Services.GetRequiredService<EmailSignal>();
        await bell.HearAsync(TimeSpan.FromMilliseconds(1), Stop);
        return bell.HearAsync(Long, Stop);
    }

    private Email New() => new(null, "Ann", "ann@example.org", "Hello", "Hello.\n", site.Clock.GetCurrentInstant());
}
