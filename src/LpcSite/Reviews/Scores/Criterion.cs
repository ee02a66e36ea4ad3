using LpcSite.Rules;

namespace LpcSite.Reviews.Scores;

/// <summary>
/// One of the questions that every review of a conference answers with a score, as its organizers put them.
/// </summary>
public class Criterion
{
    public const int NameMaxLength = 60;
    public const int HelpMaxLength = 300;
    public const int MaxWeight = 10;
    public const int MaxScore = 5;

    /// <summary>So many in one conference; a longer list is answered without thinking.</summary>
    public const int MaxCount = 10;

    private Criterion() { }

    public Criterion(int conferenceId) => ConferenceId = conferenceId;

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int Position { get; private set; }
    public string Name { get; private set; } = null!;

    /// <summary>What a low score means and what a high one; may be empty.</summary>
    public string Help { get; private set; } = "";

    /// <summary>How much its score counts in the mean of a review, from 1.</summary>
    public int Weight { get; private set; }

    /// <returns>Whether anything changed.</returns>
    public bool Describe(int position, string name, string help, int weight)
    {
        Rule.Require(
            name.Length is > 0 and <= NameMaxLength && !name.Any(char.IsControl),
            $"A criterion has a name of 1 to {NameMaxLength} characters."
        );
        Rule.Require(help.Length <= HelpMaxLength, $"What a criterion asks fits in {HelpMaxLength} characters.");
        Rule.Require(weight is >= 1 and <= MaxWeight, $"A weight is a number from 1 to {MaxWeight}.");
        if ((Position, Name, Help, Weight) == (position, name, help, weight))
        {
            return false;
        }

        (Position, Name, Help, Weight) = (position, name, help, weight);
        return true;
    }
}
