using LpcSite.Microconferences.Revisions;
using NodaTime;

namespace LpcSite.Microconferences.Editing;

/// <summary>What came of saving a text: one of the records below.</summary>
public abstract record SaveResult
{
    private SaveResult() { }

    /// <summary>It stands there now.</summary>
    /// <param name="Number">The newest revision; the same as before when only the title changed.</param>
    public sealed record Done(int Number) : SaveResult;

    /// <summary>There was nothing to save: what was typed is what stands there already.</summary>
    public sealed record Unchanged : SaveResult;

    /// <summary>It cannot be saved like this. Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : SaveResult;

    /// <summary>
    /// Somebody saved first. Nothing was changed; the page shows both texts and offers the merged one. The next attempt
    /// is based on <paramref name="Number"/>. The DbContext has been cleared: what else the page had changed in it is
    /// to be done again.
    /// </summary>
    /// <param name="Number">
    /// The revision that stands there now. The same as the one that was edited if something other than the text was
    /// saved meanwhile.
    /// </param>
    /// <param name="By">Who saved it; null if a command did.</param>
    public sealed record Conflict(
        int Number,
        string? By,
        Instant SavedAt,
        Titles Title,
        Texts Description,
        Texts Results
    ) : SaveResult
    {
        /// <summary>Whether somebody has to decide between two versions of the same lines.</summary>
        public bool HasConflicts => Description.Merged.HasConflicts || Results.Merged.HasConflicts;
    }

    /// <summary>
    /// The title as three people know it. It is too short to be merged: who changed it has theirs, and whoever reads
    /// both decides.
    /// </summary>
    /// <param name="Base">From which both started.</param>
    /// <param name="Mine">What this person typed.</param>
    /// <param name="Theirs">As it stands there now.</param>
    public sealed record Titles(string Base, string Mine, string Theirs)
    {
        /// <summary>Mine where I changed it, else theirs.</summary>
        public string Merged => Mine == Base ? Theirs : Mine;

        /// <summary>Whether both changed it, and not alike.</summary>
        public bool HasConflict => Mine != Base && Theirs != Base && Mine != Theirs;
    }

    /// <summary>A sentence for one field.</summary>
    /// <param name="Field">
    /// The part of <see cref="WrittenText"/> it is about: Title, Description, Results, Summary.
    /// </param>
    public sealed record Problem(string Field, string Sentence);

    /// <summary>One text as three people know it, and their changes brought together.</summary>
    /// <param name="Base">From which both started.</param>
    /// <param name="Mine">What this person typed.</param>
    /// <param name="Theirs">What was saved meanwhile.</param>
    public sealed record Texts(string Base, string Mine, string Theirs)
    {
        public TextMerge Merged { get; } = TextMerge.Of(Base, Mine, Theirs);
    }
}
