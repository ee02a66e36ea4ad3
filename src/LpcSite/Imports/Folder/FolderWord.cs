using System.Text.Json;

namespace LpcSite.Imports.Folder;

/// <summary>The names of enums as files write them: <c>ChangesRequested</c> is <c>changes_requested</c>.</summary>
public static class FolderWord
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
