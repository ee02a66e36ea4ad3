using System.Text.Json;
using System.Text.Json.Serialization;

namespace LpcSite.Texts;

/// <summary>
/// Where every text of JSON passes <see cref="TextIn"/>, names of fields too: what programs send, and what was frozen
/// before there was a gate.
/// </summary>
internal sealed class TextJsonConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? TextIn.Lines(text) : null;

    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => TextIn.Lines(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}
