using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace LpcSite.Infrastructure;

/// <summary>Some addresses are the key to what stands there. Whoever reads the log can neither follow somebody's calendar nor accept his invitation.</summary>
internal sealed partial class SecretAddresses : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent.Properties.GetValueOrDefault("RequestPath") is ScalarValue { Value: string path } && Secret().Replace(path, "…") is var told && told != path)
        {
            logEvent.AddOrUpdateProperty(new("RequestPath", new ScalarValue(told)));
        }
    }

    [GeneratedRegex(@"(?<=^/account/invitation/)[^/]+|(?<=^/[^/]+/stars/)[^/]+(?=\.ics\z)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Secret();
}
