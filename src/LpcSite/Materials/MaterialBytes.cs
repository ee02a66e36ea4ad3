using System.Buffers;
using LpcSite.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LpcSite.Materials;

/// <summary>Puts a file into the database, piece by piece.</summary>
internal static class MaterialBytes
{
    /// <summary>Inside the transaction in which its material is saved.</summary>
    /// <returns>How many bytes there were.</returns>
    public static async Task<long> WriteAsync(LpcDbContext db, int materialId, Stream file, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaterialChunk.Bytes);
        try
        {
            var written = 0L;
            for (var number = 0; ; number++)
            {
                var length = await file.ReadAtLeastAsync(
                    buffer.AsMemory(0, MaterialChunk.Bytes),
                    MaterialChunk.Bytes,
                    throwOnEndOfStream: false,
                    stop
                );
                if (length == 0)
                {
                    return written;
                }

                var content = new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = buffer.AsMemory(0, length) };
                await db.Database.ExecuteSqlRawAsync(
                    "INSERT INTO material_chunks (material_id, number, content) VALUES ({0}, {1}, {2})",
                    [materialId, number, content],
                    stop
                );
                written += length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
