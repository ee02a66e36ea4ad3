using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Scheduling.Sessions;

/// <summary>
/// The session of one microconference in the draft: the places that the organizers gave it, and what its leads arranged
/// in them.
/// </summary>
/// <param name="Places">In order; more than one where it is split, none while it has no place.</param>
/// <param name="Items">By place and time; what waits for a place comes last.</param>
public sealed record Session(IReadOnlyList<Session.Place> Places, IReadOnlyList<Session.Item> Items)
{
    /// <summary>
    /// Another one as soon as anything is arranged otherwise. That a slot moves is nothing that two leads could quarrel
    /// about.
    /// </summary>
    public string Version =>
        Convert.ToHexString(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Items.Select(i => i.Part.ToString()))))
        )[..16];

    /// <summary>What was arranged and waits for a place.</summary>
    public IEnumerable<Item> Waiting => Items.Where(i => i.Part.Slot is null && i.IsThere);

    /// <summary>Topics that left the microconference since they were given a time, and left a gap.</summary>
    public IEnumerable<Item> Gone => Items.Where(i => i.Part.Slot is not null && !i.IsThere);

    public IEnumerable<Item> In(Place place) => Items.Where(i => i.Part.Slot == place.Slot && i.IsThere);

    /// <summary>A slot.</summary>
    /// <param name="Room">Null while none is found.</param>
    public sealed record Place(int Slot, Interval During, int? Room, string? RoomName)
    {
        public int Minutes => (int)During.Duration.TotalMinutes;

        public Interval Between(int startsAfter, int endsAfter) =>
            new(During.Start + Duration.FromMinutes(startsAfter), During.Start + Duration.FromMinutes(endsAfter));
    }

    /// <summary>What is arranged.</summary>
    /// <param name="Title">Of the topic, or its own.</param>
    /// <param name="Status">Of the topic.</param>
    public sealed record Item(int Id, SessionPart Part, string Title, TopicStatus? Status)
    {
        public bool IsThere => Status is null || Topic.PublicStatuses.Contains(Status.Value);

        public string StatusWord => Status?.ToString().ToLower(CultureInfo.InvariantCulture) ?? "";
    }
}
