using LpcSite.Imports.Folder;
using LpcSite.Microconferences;
using LpcSite.People;

namespace LpcSite.Imports;

/// <summary>As what a file names somebody.</summary>
internal enum ImportedRole
{
    Lead,
    KeyAttendee,
    Speaker,
}

/// <summary>One place at which a folder names somebody.</summary>
/// <param name="Slug">Of the microconference.</param>
internal sealed record ImportedMention(string Slug, ImportedRole Role, PersonName Name)
{
    /// <summary>All of a folder, in the order of its files.</summary>
    public static IEnumerable<ImportedMention> Of(ConferenceFolder folder) =>
        folder.Microconferences.SelectMany(Of).Distinct();

    /// <summary>The people who are this in the microconference as the site has it.</summary>
    public IEnumerable<Person> Holders(Microconference microconference) =>
        Role switch
        {
            ImportedRole.Lead => microconference.Leads.Select(l => l.Person),
            ImportedRole.KeyAttendee => microconference.KeyAttendees.Select(k => k.Person),
            _ => microconference.Topics.SelectMany(t => t.Speakers).Select(s => s.Person).Distinct(),
        };

    /// <summary>What somebody does there, in a sentence.</summary>
    public string Does =>
        Role switch
        {
            ImportedRole.Lead => $"leads {Slug}",
            ImportedRole.KeyAttendee => $"is a key attendee of {Slug}",
            _ => $"speaks at {Slug}",
        };

    private static IEnumerable<ImportedMention> Of(ConferenceFolder.Microconference m) =>
        [
            .. m.Leads.Select(name => new ImportedMention(m.Slug, ImportedRole.Lead, name)),
            .. m.KeyAttendees.Select(name => new ImportedMention(m.Slug, ImportedRole.KeyAttendee, name)),
            .. m
                .Topics.SelectMany(t => t.Speakers)
                .Select(name => new ImportedMention(m.Slug, ImportedRole.Speaker, name)),
        ];
}
