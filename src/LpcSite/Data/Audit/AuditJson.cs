using System.Text.Encodings.Web;
using System.Text.Json;

namespace LpcSite.Data.Audit;

/// <summary>
/// How the record of changes writes what was before and after: names as they are, not as numbers of their letters.
/// </summary>
internal static class AuditJson
{
    public static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
