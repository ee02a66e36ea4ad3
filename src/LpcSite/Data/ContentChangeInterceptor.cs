using System.Data.Common;
using System.Runtime.CompilerServices;
using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Caching;
using LpcSite.Conferences.Settings;
using LpcSite.Data.Audit;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Microconferences.Editing;
using LpcSite.Nominations;
using LpcSite.People.Merging;
using LpcSite.Reviews;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Availability;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Sessions;
using LpcSite.Scheduling.Stars;
using LpcSite.Topics;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LpcSite.Data;

/// <summary>
/// Drops kept pages in the very request that saved, before it answers: whoever saved sees it at their next request
/// without waiting for PostgreSQL's notice to come round. The notice then drops the same pages on the other instances.
/// </summary>
public sealed class ContentChangeInterceptor(ContentVersions versions)
    : DbTransactionInterceptor,
        ISaveChangesInterceptor
{
    // No public page shows any of these, so that signing in and keeping half a sentence leave the pages where they are.
    private static readonly HashSet<Type> ShownNowhere =
    [
        typeof(Account),
        typeof(IdentityUserClaim<int>),
        typeof(IdentityUserLogin<int>),
        typeof(IdentityUserToken<int>),
        typeof(IdentityUserPasskey<int>),
        typeof(AccountSession),
        typeof(RecoveryCode),
        typeof(SignInCounter),
        typeof(DataProtectionKey),
        typeof(Invitation),
        typeof(Email),
        typeof(EmailAttempt),
        typeof(EmailLimit),
        typeof(WorkingText),
        typeof(AuditEntry),
        typeof(Decision),
        typeof(EmailTemplate),
        typeof(Criterion),
        typeof(Review),
        typeof(Score),
        typeof(Assignment),
        typeof(ConflictOfInterest),
        typeof(Remark),
        typeof(TopicRevision),
        typeof(TopicDecision),
        typeof(MaterialChunk),
        typeof(SlidesReminder),
        typeof(Nomination),
        typeof(Allowance),
        typeof(NotDuplicates),
        typeof(HalfDay),
        typeof(Slot),
        typeof(SessionItem),
        typeof(ClashReason),
        typeof(Absence),
        typeof(Star),
        typeof(StarFeed),
    ];

    // What is being saved is only known before, and whether it was saved only after.
    private readonly ConditionalWeakTable<DbContext, object> _changing = [];

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (
            eventData.Context is { } db
            && db.ChangeTracker.Entries()
                .Any(e =>
                    e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                    && !ShownNowhere.Contains(e.Metadata.ClrType)
                )
        )
        {
            _changing.AddOrUpdate(db, db);
        }

        return ValueTask.FromResult(result);
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        // Inside a transaction nothing is visible before its commit, which is told below.
        if (eventData.Context is { } db && _changing.Remove(db) && db.Database.CurrentTransaction is null)
        {
            versions.Change(ContentVersions.Everything);
        }

        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        versions.Change(ContentVersions.Everything);
        return Task.CompletedTask;
    }
}
