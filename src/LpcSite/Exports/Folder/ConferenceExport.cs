using LpcSite.Data;
using LpcSite.Imports;
using LpcSite.Imports.Folder;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Exports.Folder;

/// <summary>
/// Takes a conference out of the database into a folder that can be kept, compared and imported elsewhere.
/// </summary>
public sealed class ConferenceExport(LpcDbContext db)
{
    /// <returns>The conference as the folder tells it; null if there is none with that slug.</returns>
    public async Task<ConferenceFolder?> ReadAsync(string slug, CancellationToken stop)
    {
        // Several statements must see one state: an import in between would otherwise be half in the folder.
        await using var transaction = await db.Database.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            stop
        );
        if (await ConferenceContent.LoadAsync(db, slug, stop) is not { } content)
        {
            return null;
        }

        // A name alone leads an import back to nobody who shares it, nor to whom nobody but themself or a form called
        // so; whoever erased themselves is found by no spelling any more.
        var clear = await db
            .PersonAliases.GroupBy(alias => alias.Key)
            .Where(same => same.Count() == 1 && same.All(alias => alias.IsVouchedFor))
            .Select(same => same.Key)
            .ToListAsync(stop);
        var known = clear.ToHashSet(StringComparer.Ordinal);
        return content.ToFolder(person => new PersonName(
            person.Name,
            person.ErasedAt is null && known.Contains(Person.Key(person.Name)) ? null : person.Slug
        ));
    }

    /// <summary>
    /// Puts the files into the folder one by one, each of them whole: whatever happens on the way, no file is cut
    /// short. Microconferences and pages that the folder held before and the conference no longer has are taken out of
    /// it.
    /// </summary>
    /// <exception cref="OperatorException">The folder holds something else.</exception>
    public static void Save(string folder, ConferenceFolder conference)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var before = Before(target, conference.Slug);
        var files = ConferenceFolderWriter.Write(conference);

        // Beside the target, so that moving is renaming.
        var draft = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            foreach (var (path, bytes) in files)
            {
                WriteThrough(Path.Combine(draft, path), bytes);
            }

            foreach (var (path, _) in files)
            {
                var destination = Path.Combine(target, path);
                Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
                File.Move(Path.Combine(draft, path), destination, overwrite: true);
            }
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }

        foreach (
            var gone in before.Except(
                [
                    .. conference.Microconferences.Select(m => m.FileName),
                    .. (conference.Pages ?? []).Select(p => p.FileName),
                ],
                StringComparer.Ordinal
            )
        )
        {
            File.Delete(Path.Combine(target, gone));
        }
    }

    // The files of microconferences and pages that the folder lists now.
    private static List<string> Before(string target, string slug)
    {
        if (!Directory.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any())
        {
            return [];
        }

        if (!File.Exists(Path.Combine(target, ConferenceFolder.FileName)))
        {
            throw new OperatorException(
                $"'{target}' is not empty and holds no {ConferenceFolder.FileName}; choose an empty folder."
            );
        }

        if (ConferenceFolderReader.List(target) is not { } listed)
        {
            throw new OperatorException(
                $"The {ConferenceFolder.FileName} in '{target}' cannot be read; choose an empty folder."
            );
        }

        if (listed.Conference != slug)
        {
            throw new OperatorException(
                $"'{target}' holds the conference '{listed.Conference}', not '{slug}'; choose an empty folder."
            );
        }

        return
        [
            .. listed
                .Microconferences.Select(microconference => $"{microconference}.md")
                .Concat(listed.Pages.Select(page => $"{ConferenceFolder.PagesFolder}/{page}.md"))
                .Where(file => File.Exists(Path.Combine(target, file))),
        ];
    }

    private static void WriteThrough(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
