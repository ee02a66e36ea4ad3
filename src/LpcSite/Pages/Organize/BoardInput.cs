using LpcSite.Conferences;
using LpcSite.Infrastructure;
using LpcSite.Scheduling;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Pages.Organize;

/// <summary>What the forms and buttons of the board say: which one, and where to.</summary>
public class BoardInput
{
    private static readonly LocalTimePattern WithSeconds = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");

    /// <summary>The slug of the one that is placed.</summary>
    public string? Microconference { get; set; }

    /// <summary>How many places it had when it was chosen.</summary>
    public int Standing { get; set; }

    /// <summary>The one that is moved or changed.</summary>
    public int? Slot { get; set; }

    public uint Version { get; set; }

    /// <summary>A place of the board, as its button says it; empty where the times below count.</summary>
    public string? To { get; set; }

    /// <summary>The slot to change places with, and its version.</summary>
    public string? With { get; set; }

    public SlotKind Kind { get; set; } = SlotKind.Track;
    public string? Title { get; set; }
    public string? Date { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public int? Room { get; set; }

    /// <summary>The step of the history that is taken back or done again.</summary>
    public long Entry { get; set; }

    public static string Write(Interval during, int? room) => FormattableString.Invariant($"{Dates.Machine(during.Start)} {Dates.Machine(during.End)} {room}").TrimEnd();

    public static string Write(LocalTime time) => LocalTimePattern.HourMinuteIso.Format(time);

    /// <exception cref="RuleException">It says no time.</exception>
    public (Interval During, int? Room) Read(ConferenceFrame conference)
    {
        if (To?.Split(' ') is [var from, var until, .. var rest])
        {
            var (starts, ends) = (InstantPattern.General.Parse(from), InstantPattern.General.Parse(until));
            var room = rest is [var id] && int.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
            Rule.Require(starts.Success && ends.Success && starts.Value < ends.Value && (rest.Length == 0 || room is not null), "There is no such place on the board.");
            return (new(starts.Value, ends.Value), room);
        }

        var day = LocalDatePattern.Iso.Parse(Date?.Trim() ?? "");
        Rule.Require(day.Success, "Say on which day, like 2022-09-12.");
        var (start, end) = (Time(From, "Say from when, like 10:00."), Time(Until, "Say until when, like 13:30."));
        Rule.Require(start < end, "It must end after it starts.");
        return (new(Of(day.Value + start), Of(day.Value + end)), Room);

        Instant Of(LocalDateTime time) => time.InZoneLeniently(conference.TimeZone).ToInstant();
    }

    /// <exception cref="RuleException">It names no other slot.</exception>
    public (int Id, uint Version) ReadOther()
    {
        var (id, version) = (0, 0u);
        Rule.Require(
            With?.Split(' ') is [var other, var seen] && int.TryParse(other, System.Globalization.CultureInfo.InvariantCulture, out id) && uint.TryParse(seen, System.Globalization.CultureInfo.InvariantCulture, out version),
            "Choose one to change places with.");
        return (id, version);
    }

    private static LocalTime Time(string? typed, string otherwise)
    {
        var text = typed?.Trim() ?? "";
        var parsed = LocalTimePattern.HourMinuteIso.Parse(text) is { Success: true } minutes ? minutes : WithSeconds.Parse(text);
        Rule.Require(parsed.Success, otherwise);
        return parsed.Value;
    }
}
