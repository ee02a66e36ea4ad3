using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;
using Serilog.Core;
using Serilog.Events;

namespace LpcSite.Web.Security;

/// <summary>
/// Some addresses are the key to what stands there. Whoever reads the log or the traces can neither follow somebody's
/// calendar nor accept their invitation.
/// </summary>
internal sealed partial class SecretAddresses : ILogEventEnricher
{
    private const string Masked = "…";

    // Addresses are found whatever the case of their letters, and so are secrets.
    private const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <returns>The same text, such as a path or an address, without what is secret in it.</returns>
    public static string Mask(string text) => Key().Replace(Path().Replace(text, Masked), Masked);

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        // Whatever a line calls it: requests name their path, the framework names addresses in properties of its own.
        foreach (var (name, value) in logEvent.Properties.ToList())
        {
            if (value is ScalarValue { Value: string text } && Mask(text) is var told && told != text)
            {
                logEvent.AddOrUpdateProperty(new(name, new ScalarValue(told)));
            }
        }
    }

    [GeneratedRegex(@"(?<=/account/invitation/)[^/?#\s]+|(?<=/[^/?#\s]+/stars/)[^/?#\s]+(?=\.ics)", AnyCase, 1000)]
    private static partial Regex Path();

    // In the links of letters, and in what comes back from another site that signs people in.
    [GeneratedRegex(@"(?<=[?&](?:token|late|code|state)=)[^&#\s]+", AnyCase, 1000)]
    private static partial Regex Key();

    /// <summary>The same for traces: before a request's trace is sent, every word of it is looked at.</summary>
    public sealed class OfTraces : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            foreach (var (name, value) in data.TagObjects.ToList())
            {
                if (value is string text && Mask(text) is var told && told != text)
                {
                    data.SetTag(name, told);
                }
            }

            data.DisplayName = Mask(data.DisplayName);
        }
    }
}
