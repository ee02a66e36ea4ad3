namespace LpcSite.Pages.Manage.Sessions;

/// <summary>
/// The form of a session as it stands on the page: its rows, laid out in the places that the session has now.
/// </summary>
/// <param name="Touched">The row to which a button did something: there the reader goes on.</param>
public sealed record SessionSheet(
    SessionBoard Board,
    SessionInput Input,
    SessionLayout Layout,
    SessionInput.Row? Touched
)
{
    /// <summary>Also where the organizers took its place away while somebody was typing.</summary>
    public bool HasForm => Board.Session.Places.Count > 0 || Input.Rows.Count > 0;

    public IReadOnlyList<SessionTopic> Unplaced =>
        [.. Board.Topics.Values.Where(t => Input.Rows.TrueForAll(r => r.Topic != t.Id))];

    public static SessionSheet Of(SessionBoard board, SessionInput input, SessionInput.Row? touched = null) =>
        new(board, input, SessionLayout.Of(input, board), touched);
}
