using System.Security.Cryptography;
using System.Text.Json;

namespace LpcSite.Scheduling.Board;

/// <summary>
/// What a page about the draft shows, as one short text: another one as soon as any of it is otherwise, and the same on
/// every instance.
/// </summary>
internal static class DraftStamp
{
    /// <param name="said">In an order that does not depend on chance.</param>
    public static string Of(IEnumerable<string> said) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(said)).AsSpan(0, 8));
}
