using System.Buffers;
using System.Data;
using LpcSite.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LpcSite.Materials;

/// <summary>
/// A file as it comes out of the database, one piece at a time, from wherever a reader wants to begin. Between two
/// pieces it holds no connection, so that a hundred slow readers do not keep the others from the database.
/// </summary>
/// <param name="length">Bytes of the whole file.</param>
public sealed class MaterialStream(LpcDbContext db, int materialId, long length) : Stream
{
    private byte[]? _piece = ArrayPool<byte>.Shared.Rent(MaterialChunk.Bytes);
    private int _number = -1;
    private int _pieceLength;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_piece is null, this);
        if (Position >= length || buffer.Length == 0)
        {
            return 0;
        }

        var (number, offset) = ((int)(Position / MaterialChunk.Bytes), (int)(Position % MaterialChunk.Bytes));
        if (number != _number)
        {
            await LoadAsync(number, _piece, cancellationToken);
        }

        var count = Math.Min(buffer.Length, _pieceLength - offset);
        if (count <= 0)
        {
            throw new EndOfStreamException($"Piece {number} of material {materialId} is shorter than it was.");
        }

        _piece.AsMemory(offset, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Current => Position + offset,
            SeekOrigin.End => length + offset,
            _ => offset,
        };

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The database is asked without waiting for it.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("It is read only.");

    public override void SetLength(long value) => throw new NotSupportedException("It is read only.");

    public override void Flush() { }

    protected override void Dispose(bool disposing)
    {
        if (_piece is { } piece)
        {
            _piece = null;
            ArrayPool<byte>.Shared.Return(piece);
        }

        base.Dispose(disposing);
    }

    private async Task LoadAsync(int number, byte[] piece, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = new NpgsqlCommand(
                "SELECT content FROM material_chunks WHERE material_id = $1 AND number = $2",
                (NpgsqlConnection)db.Database.GetDbConnection()
            );
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = materialId });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
            await using var reader = await command.ExecuteReaderAsync(
                CommandBehavior.SequentialAccess | CommandBehavior.SingleRow,
                stop
            );
            _pieceLength = 0;
            if (await reader.ReadAsync(stop))
            {
                await using var content = await reader.GetStreamAsync(0, stop);
                _pieceLength = await content.ReadAtLeastAsync(
                    piece.AsMemory(0, MaterialChunk.Bytes),
                    MaterialChunk.Bytes,
                    throwOnEndOfStream: false,
                    stop
                );
            }

            _number = number;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
