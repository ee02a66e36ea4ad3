namespace LpcSite.Materials;

/// <summary>
/// A piece of a file, in the order of its numbers: no file is ever whole in memory, and a part of one is read without
/// the rest. Pieces are written and read past the change tracker.
/// </summary>
public class MaterialChunk
{
    /// <summary>Of every piece but the last.</summary>
    public const int Bytes = 256 * 1024;

    private MaterialChunk() { }

    public int MaterialId { get; private set; }

    /// <summary>Counts from 0.</summary>
    public int Number { get; private set; }

    public byte[] Content { get; private set; } = null!;
}
