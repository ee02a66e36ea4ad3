using LpcSite.Scheduling.Sessions;
using LpcSite.Texts;
using NodaTime;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>
/// The rows of the form laid out in time: each begins when the one above it is over and its gap has passed, so that
/// whatever becomes longer moves all that comes after it.
/// </summary>
public sealed class SessionLayout
{
    private readonly SessionInput _input;

    private SessionLayout(SessionInput input, SessionBoard board)
    {
        _input = input;
        Parts =
        [
            .. board
                .Session.Places.Cast<Session.Place?>()
                .Append(null)
                .Select(place => Lay(place, board))
                .Where(part => part.Place is not null || part.Rows.Count > 0),
        ];
    }

    /// <summary>One for each place; a last one without a place for rows whose slot is gone.</summary>
    public IReadOnlyList<Part> Parts { get; }

    /// <summary>Names of fields of the form, each with the sentence that stands beside it.</summary>
    public IEnumerable<(string Field, string Sentence)> Problems =>
        Parts.SelectMany(p => p.Rows).Where(r => r.Problem is not null).Select(r => (r.ProblemField, r.Problem!));

    /// <summary>What is wanted, once there is no problem.</summary>
    public Arrangement Arrangement =>
        new(
            [
                .. Parts.SelectMany(part =>
                    part.Rows.Select(r => new SessionPart(
                        part.Place?.Slot,
                        r.Row.Topic,
                        r.Row.Topic is null ? r.Row.Title?.Trim() : null,
                        r.Row.IsBreak,
                        r.StartsAfter,
                        r.Row.Minutes ?? 0
                    ))
                ),
            ],
            [.. _input.Rows.Select(r => r.Again).OfType<int>()],
            _input.LetGo,
            _input.Version
        );

    public static SessionLayout Of(SessionInput input, SessionBoard board) => new(input, board);

    private Part Lay(Session.Place? place, SessionBoard board)
    {
        var (rows, end) = (new List<Laid>(), 0);
        foreach (
            var (row, index) in _input
                .Rows.Select((row, index) => (row, index))
                .Where(r => board.PlaceOf(r.row.Slot) == place)
        )
        {
            var fromTopic = row.Topic is { } id && board.Topics.TryGetValue(id, out var topic) ? topic : null;
            int? notBefore =
                place is null || string.IsNullOrWhiteSpace(row.NotBefore)
                    ? null
                    : board.AfterStart(place, row.NotBefore);
            var starts = Math.Max(notBefore ?? end + Math.Clamp(row.Gap ?? 0, 0, 1440), end);
            var minutes = Math.Clamp(row.Minutes ?? 0, 0, LpcSite.Topics.Topic.MaxMinutes);
            var title =
                fromTopic?.Title
                ?? (
                    row.Topic is not null ? "A topic that is not in the microconference any more"
                    : string.IsNullOrWhiteSpace(row.Title) ? "Without a title"
                    : row.Title
                );
            var (field, problem) = ProblemOf(place, row, fromTopic, starts, minutes, notBefore, board);
            rows.Add(
                new(
                    index,
                    row,
                    fromTopic,
                    title,
                    starts,
                    minutes,
                    starts - end,
                    place?.Between(starts, starts + minutes),
                    problem,
                    $"Input.Rows[{index}].{field}"
                )
            );
            end = starts + minutes;
        }

        return new(place, rows, place is null ? [] : board.BreaksIn(place));
    }

    private static (string Field, string? Problem) ProblemOf(
        Session.Place? place,
        SessionInput.Row row,
        SessionTopic? topic,
        int starts,
        int minutes,
        int? notBefore,
        SessionBoard board
    ) =>
        row switch
        {
            _ when place is null => ("Slot", "Its slot is gone. Move it into another one, or remove it."),
            { Topic: not null } when topic is null => (
                "Minutes",
                "It is not in the microconference any more. Remove it."
            ),
            { Topic: null } when string.IsNullOrWhiteSpace(row.Title) => ("Title", "Say what it is, such as Welcome."),
            { Minutes: null } => ("Minutes", "Say how many minutes it takes."),
            { NotBefore: { } time } when notBefore is null && !string.IsNullOrWhiteSpace(time) => (
                "NotBefore",
                $"Say a time of this session, from {board.TimeOf(place.During.Start)} to "
                    + $"{board.TimeOf(place.During.End)}."
            ),
            _ when starts + minutes > place.Minutes => (
                "Minutes",
                $"It ends at {board.TimeOf(place.Between(0, starts + minutes).End)}, "
                    + $"{Count(starts + minutes - place.Minutes)} after the session."
            ),
            _ => ("Minutes", null),
        };

    private static string Count(int minutes) => Wording.Count(minutes, "minute");

    /// <summary>One place with its rows.</summary>
    /// <param name="Breaks">Of the half-day, after the start of the slot.</param>
    public sealed record Part(
        Session.Place? Place,
        IReadOnlyList<Laid> Rows,
        IReadOnlyList<(int StartsAfter, int Minutes)> Breaks
    )
    {
        public int Used => Rows.Where(r => !r.Row.IsBreak).Sum(r => r.Minutes);
        public int Coffee => Rows.Where(r => r.Row.IsBreak).Sum(r => r.Minutes);

        /// <summary>Minutes after the last row; less than none where it leaves the slot.</summary>
        public int Left => (Place?.Minutes ?? 0) - (Rows.Count == 0 ? 0 : Rows[^1].StartsAfter + Rows[^1].Minutes);

        /// <summary>Minutes between the rows that are nobody's.</summary>
        public int Gaps => Rows.Sum(r => r.Gap);
    }

    /// <summary>A row with its time.</summary>
    /// <param name="Index">Its number in the form.</param>
    /// <param name="Gap">Minutes that are free before it.</param>
    /// <param name="During">Null without a place.</param>
    public sealed record Laid(
        int Index,
        SessionInput.Row Row,
        SessionTopic? Topic,
        string Title,
        int StartsAfter,
        int Minutes,
        int Gap,
        Interval? During,
        string? Problem,
        string ProblemField
    );
}
