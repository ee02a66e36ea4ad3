using System.Runtime.InteropServices;

namespace LpcSite.Microconferences.Results;

/// <summary>What notes are about: a whole microconference, what came of it, or one of its topics.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NotesOf
{
    /// <summary>What was said in the room.</summary>
    public static NotesOf Session { get; }

    /// <summary>What came of it afterwards: the results that next year's proposal has to give.</summary>
    public static NotesOf Outcome { get; } = new() { IsOutcome = true };

    public int? TopicId { get; private init; }
    public bool IsOutcome { get; private init; }

    public static NotesOf Topic(int id) => new() { TopicId = id };
}
