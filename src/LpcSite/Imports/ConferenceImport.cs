using LpcSite.Data;
using LpcSite.Imports.Folder;
using LpcSite.Markdown;
using LpcSite.Rules;
using LpcSite.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;

namespace LpcSite.Imports;

/// <summary>
/// Brings a conference in from its folder, all of it or nothing, the first time and every time after: what the folder
/// says replaces what the site has, what it does not mention stays, and what has not changed is not written.
/// </summary>
public sealed class ConferenceImport(LpcDbContext db, MarkdownRenderer renderer, IClock clock)
{
    /// <exception cref="OperatorException">
    /// The folder cannot be imported: every problem with its file and line, or what somebody else did meanwhile.
    /// </exception>
    public async Task<ImportSummary> ImportAsync(
        string folder,
        IProgress<ImportProgress>? progress,
        CancellationToken stop
    )
    {
        progress?.Report(new ImportProgress("Reading the files", 0, 0));
        var reading = ConferenceFolderReader.Read(folder);
        if (reading.Folder is null)
        {
            throw Refuse(reading.Problems);
        }

        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await ContentLock.TakeAsync(db, stop);
            progress?.Report(new ImportProgress("Comparing with what is there", 0, 0));
            var summary = await new ImportRun(
                db,
                renderer,
                reading,
                reading.Folder,
                clock.GetCurrentInstant(),
                progress
            ).ImportAsync(stop);
            await transaction.CommitAsync(stop);
            return summary;
        }
        catch (RuleException broken)
        {
            throw new OperatorException($"Nothing was imported. {broken.Message}", broken);
        }
        catch (DbUpdateConcurrencyException raced)
        {
            throw new OperatorException(
                "Nothing was imported: somebody saved a microconference of this conference meanwhile. Import again.",
                raced
            );
        }
        catch (Exception refused)
            when ((refused as PostgresException ?? refused.InnerException)
                    is PostgresException { SqlState: ['2', '3', ..] } because
            )
        {
            throw new OperatorException(
                because.ConstraintName == SessionItem.SlotConstraint
                        ? "Nothing was imported: a session takes longer than the slot in which it is to stand."
                    : because.SqlState == PostgresErrorCodes.ExclusionViolation
                        ? "Nothing was imported: two slots would be in one room at one time, one of them of a "
                            + "microconference that the folder does not mention."
                    : $"Nothing was imported: the database refused it ({because.ConstraintName}: "
                        + $"{because.MessageText}). If somebody changed the conference meanwhile, import again.",
                refused
            );
        }
    }

    internal static OperatorException Refuse(IEnumerable<FolderProblem> problems)
    {
        var sorted = FolderProblem.Sort(problems);
        return new OperatorException(
            $"{string.Join('\n', sorted)}\nNothing was imported: "
                + $"{(sorted.Count == 1 ? "1 problem" : $"{sorted.Count} problems")}."
        );
    }
}
