using System.ComponentModel.DataAnnotations;
using LpcSite.Scheduling.Sessions;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>
/// The session as its leads have it on screen: a row for each topic, break or word of welcome, one after the other.
/// </summary>
public class SessionInput
{
    [MaxLength(SessionItem.MaxOfMicroconference, ErrorMessage = "Use at most {1} rows.")]
    public List<Row> Rows { get; set; } = [];
    public string Version { get; set; } = "";

    /// <summary>What was arranged before and is not taken in again is not needed any more.</summary>
    public bool LetGo { get; set; }

    public static SessionInput Of(SessionBoard board)
    {
        var input = new SessionInput { Version = board.Session.Version };
        foreach (var place in board.Session.Places)
        {
            input.Rows.AddRange(RowsOf(board, place, board.Session.In(place)));
        }

        return input;
    }

    /// <summary>What was arranged before goes behind what is there, with its gaps.</summary>
    public void TakeAgain(SessionBoard board, Session.Place place)
    {
        var there = Rows.Select(r => r.Again).ToHashSet();
        var topics = Rows.Select(r => r.Topic).OfType<int>().ToHashSet();
        Rows.AddRange(
            RowsOf(
                board,
                place,
                board.Session.Waiting.Where(i =>
                    !there.Contains(i.Id) && !(i.Part.Topic is { } topic && topics.Contains(topic))
                )
            )
        );
    }

    // Coffee at the time at which all rooms have it stays there whatever happens before.
    private static IEnumerable<Row> RowsOf(SessionBoard board, Session.Place place, IEnumerable<Session.Item> items)
    {
        var (end, breaks) = (0, board.BreaksIn(place));
        foreach (var item in items)
        {
            var part = item.Part;
            var isCoffee = part.IsBreak && breaks.Any(b => b.StartsAfter == part.StartsAfter);
            yield return new()
            {
                Slot = place.Slot,
                Topic = part.Topic,
                Title = part.Title,
                IsBreak = part.IsBreak,
                Minutes = part.Minutes,
                Gap = !isCoffee && part.StartsAfter > end ? part.StartsAfter - end : null,
                NotBefore = isCoffee ? board.TimeOf(place.Between(part.StartsAfter, part.EndsAfter).Start) : null,
                Again = part.Slot is null ? item.Id : null,
            };
            end = part.EndsAfter;
        }
    }

    public class Row
    {
        public int? Slot { get; set; }

        /// <summary>Null for what has a title of its own.</summary>
        public int? Topic { get; set; }

        [StringLength(SessionItem.TitleMaxLength, ErrorMessage = "Say in 1 to {1} characters what it is.")]
        public string? Title { get; set; }

        public bool IsBreak { get; set; }

        [Range(1, LpcSite.Topics.Topic.MaxMinutes, ErrorMessage = "It takes from {1} to {2} minutes.")]
        public int? Minutes { get; set; }

        /// <summary>Minutes that stay free before it.</summary>
        [Range(0, 1440, ErrorMessage = "From {1} to {2} minutes stay free before it.")]
        public int? Gap { get; set; }

        /// <summary>A time at the venue; it begins later only where what is above it takes longer.</summary>
        [StringLength(20, ErrorMessage = "Say a time such as 10:30.")]
        public string? NotBefore { get; set; }

        /// <summary>The item that waited for a place, where it is taken in again.</summary>
        public int? Again { get; set; }
    }
}
