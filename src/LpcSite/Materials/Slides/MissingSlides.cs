using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Materials.Slides;

/// <summary>An accepted topic without slides, and who has to bring them.</summary>
/// <param name="People">Its speakers; where none is named, whoever submitted it.</param>
public sealed record MissingSlides(int TopicId, string Title, IReadOnlyList<MissingSlides.Name> People)
{
    /// <param name="PersonId">Their number.</param>
    public sealed record Name(int PersonId, string FullName);

    public static async Task<IReadOnlyList<MissingSlides>> OfAsync(
        LpcDbContext db,
        int microconferenceId,
        CancellationToken stop
    )
    {
        var topics = await db
            .Topics.Where(t => t.MicroconferenceId == microconferenceId)
            .WithoutSlides(db)
            .OrderBy(t => t.Position)
            .ThenBy(t => t.Id)
            .Select(t => new
            {
                t.Id,
                t.Title,
                Submitter = t.Submitter == null ? null : new Name(t.Submitter.Id, t.Submitter.Name),
                Speakers = t
                    .Speakers.OrderBy(s => s.Position)
                    .Select(s => new Name(s.PersonId, s.Person.Name))
                    .ToList(),
            })
            .ToListAsync(stop);
        return
        [
            .. topics.Select(t => new MissingSlides(
                t.Id,
                t.Title,
                t.Speakers.Count > 0 ? t.Speakers
                    : t.Submitter is null ? []
                    : [t.Submitter]
            )),
        ];
    }
}
