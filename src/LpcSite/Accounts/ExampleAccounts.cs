using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews.Scores;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>
/// One account for each kind of person, so that a newcomer can try the site as all of them. They come with the example
/// conference and are named with their passwords on the sign-in page: in development only, as nothing else ever calls
/// this.
/// </summary>
public sealed class ExampleAccounts(LpcDbContext db, Registration registration, MarkdownRenderer renderer, IClock clock)
{
    public const string Password = "example conference";

    public static IReadOnlyList<(string Name, string Mail, string Does)> All { get; } =
    [
        ("Example Attendee", "attendee@example.org", "proposes and submits"),
        ("Example Lead", "lead@example.org", "leads a microconference"),
        ("Example Reviewer", "reviewer@example.org", "reviews the proposals"),
        ("Example Organizer", "organizer@example.org", "decides and places everything"),
    ];

    private static readonly (string Name, string Help)[] Criteria =
    [
        ("Problems", "1: nothing to solve together. 5: open problems that need these people in one room."),
        ("People", "1: nobody who could decide comes. 5: all who have to agree are named."),
        ("Results so far", "1: it ran before and nothing came of it. 5: patches were merged, or it is new."),
    ];

    /// <param name="conference">
    /// The slug of the example, in which the lead has a draft and the reviewer reads all proposals. What the public
    /// sees of it stays what it was.
    /// </param>
    public async Task AddAsync(string conference, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetCurrentInstant();
        var people = new List<Person>();
        foreach (var (name, mail, _) in All)
        {
            var person = new Person(name, Slug.From(name, "person"));
            var account = await registration.CreateProvenAsync(person, mail, password: null);

            // Everybody knows it, so that nobody could choose it.
            account.PasswordHash = registration.Hash(account, Password);
            people.Add(person);
        }

        db.Organizers.Add(new Organizer(people[3], now));
        var example = await db.Conferences.SingleAsync(c => c.Slug == conference, stop);
        db.Reviewers.Add(new Reviewer(example, people[2], now));
        foreach (var ((name, help), position) in Criteria.Select((criterion, position) => (criterion, position)))
        {
            var criterion = new Criterion(example.Id);
            criterion.Describe(position, name, help, weight: 1);
            db.Add(criterion);
        }

        var draft = new Microconference(example, "a-draft-to-try", "A draft to try", now);
        draft.LedBy([people[1]]);
        draft.Revise(
            renderer.Render("Change this text, add topics, invite somebody.", draft.Slug),
            renderer.Render("", AnchorPrefix.OfResults(draft.Slug)),
            0,
            people[1],
            "First text",
            now
        );
        db.Add(draft);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }
}
