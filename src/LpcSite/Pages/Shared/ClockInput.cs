using NodaTime;
using NodaTime.Text;

namespace LpcSite.Pages.Shared;

/// <summary>
/// How a form asks for a time on the clock (HTML, section 4.10.5.1.12, <c>time</c>): with seconds only where there are
/// some.
/// </summary>
public static class ClockInput
{
    private static readonly LocalTimePattern Seconds = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss.FFF");

    public static string Write(LocalTime time) =>
        (time.Second == 0 && time.NanosecondOfSecond == 0 ? LocalTimePattern.HourMinuteIso : Seconds).Format(time);

    /// <returns>Null for what is no time.</returns>
    public static LocalTime? Read(string? typed)
    {
        var text = typed?.Trim() ?? "";
        var parsed = LocalTimePattern.HourMinuteIso.Parse(text) is { Success: true } minutes
            ? minutes
            : Seconds.Parse(text);
        return parsed.Success ? parsed.Value : null;
    }
}
