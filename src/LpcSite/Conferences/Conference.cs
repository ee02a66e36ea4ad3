using LpcSite.Conferences.Pages;
using LpcSite.Conferences.Settings;
using LpcSite.Rules;
using LpcSite.Sponsors;
using NodaTime;

namespace LpcSite.Conferences;

/// <summary>Who sees a conference, and whether anybody still writes to it.</summary>
public enum ConferenceState
{
    /// <summary>The organizers set it up; for everybody else it does not exist.</summary>
    Preparing,

    /// <summary>Everybody reads it, and whoever may writes to it.</summary>
    Public,

    /// <summary>Everybody reads it; nobody changes it.</summary>
    Archived,
}

/// <summary>One year's event: its dates, its place and the zone in which its clock runs.</summary>
public class Conference
{
    public const int NameMaxLength = 120;
    public const int CityMaxLength = 80;
    public const int MaxPlaces = 200;

    /// <summary>From the first day to the last one, both included.</summary>
    public const int MaxDays = 31;

    /// <summary>
    /// So long before and after it something may stand in its schedule: it may have been moved, and what stands there
    /// not yet.
    /// </summary>
    public const int DaysAround = 366;

    public const string FarSentence = "That is more than a year before or after the conference. Check the date.";

    public const int MaxRooms = 100;
    public const int MaxTiers = 40;
    public const int MaxSponsors = 300;
    public const int MaxMicroconferences = 500;
    public const int MaxSlots = 2000;
    public const int MaxWalkingMinutes = 60;
    public const int UsualWalkingMinutes = 5;

    /// <summary>Stands behind the <c>@</c> of everything that was published before installations had an id.</summary>
    public const string SharedUidDomain = "lpcsite";

    // Addresses of the site itself; a conference with such a slug could never be reached.
    private static readonly string[] TakenSlugs =
    [
        "account",
        "api",
        "dev",
        "error",
        "healthz",
        "logos",
        "materials",
        "my",
        "openapi",
        "organize",
        "pictures",
        "readyz",
    ];

    private readonly List<Room> _rooms = [];
    private readonly List<HalfDay> _halfDays = [];
    private readonly List<SponsorTier> _tiers = [];
    private readonly List<ConferencePage> _pages = [];

    private Conference() { }

    public Conference(
        string slug,
        string name,
        string shortName,
        LocalDate startsOn,
        LocalDate endsOn,
        DateTimeZone timeZone,
        string city
    )
    {
        Rule.Require(
            Conferences.Slug.IsValid(slug),
            "The slug of a conference is made of lower-case letters, digits and single hyphens."
        );
        Rule.Require(!IsTaken(slug), $"The site itself uses the address /{slug}; choose another slug.");
        Slug = slug;
        Describe(name, shortName, startsOn, endsOn, timeZone, city);
    }

    public int Id { get; private set; }
    public string Slug { get; private set; } = null!;
    public string Name { get; private set; } = null!;

    /// <summary>What fits in a title bar, such as <c>LPC 2022</c>.</summary>
    public string ShortName { get; private set; } = null!;

    public LocalDate StartsOn { get; private set; }

    /// <summary>The last day, itself included.</summary>
    public LocalDate EndsOn { get; private set; }

    /// <summary>The venue's zone (IANA): every time of this conference is shown in it.</summary>
    public DateTimeZone TimeZone { get; private set; } = null!;

    public string City { get; private set; } = null!;

    /// <summary>How many microconferences of full length find a staffed room; null while nobody has counted.</summary>
    public int? Places { get; private set; }

    /// <summary>Whether nobody reviews what is led by somebody of their own affiliation.</summary>
    public bool KeepsAffiliationsApart { get; private set; }

    /// <summary>How long the way takes from one room to another.</summary>
    public int WalkingMinutes { get; private set; } = UsualWalkingMinutes;

    /// <summary>
    /// What stands behind the <c>@</c> of its names in calendars: the id of the installation, given by the database, or
    /// what all installations had before there was one. It never changes.
    /// </summary>
    public string UidDomain { get; private set; } = null!;

    public ConferenceState State { get; private set; } = ConferenceState.Preparing;

    /// <summary>Changes with every write (PostgreSQL's xmin): the second of two organizers is told.</summary>
    public uint RowVersion { get; private set; }

    public IReadOnlyList<Room> Rooms => _rooms;

    /// <summary>Into what every day is divided.</summary>
    public IReadOnlyList<HalfDay> HalfDays => _halfDays;

    public IReadOnlyList<SponsorTier> SponsorTiers => _tiers;

    /// <summary>Its own pages in Markdown: the text of the front page, how to attend, what is asked often.</summary>
    public IReadOnlyList<ConferencePage> Pages => _pages;

    public string Path => $"/{Slug}";

    /// <summary>Whether the site itself answers at the address that such a slug would have.</summary>
    public static bool IsTaken(string slug) => TakenSlugs.Contains(slug);

    public void Describe(
        string name,
        string shortName,
        LocalDate startsOn,
        LocalDate endsOn,
        DateTimeZone timeZone,
        string city
    )
    {
        Rule.Require(
            name.Length is > 0 and <= NameMaxLength,
            $"A conference has a name of 1 to {NameMaxLength} characters."
        );
        Rule.Require(
            shortName.Length is > 0 and <= NameMaxLength,
            $"A conference has a short name of 1 to {NameMaxLength} characters."
        );
        Rule.Require(city.Length <= CityMaxLength, $"The city has at most {CityMaxLength} characters.");
        Rule.Require(ProblemOf(startsOn, endsOn) is null, ProblemOf(startsOn, endsOn) ?? "");
        (Name, ShortName, StartsOn, EndsOn, TimeZone, City) = (name, shortName, startsOn, endsOn, timeZone, city);
    }

    /// <summary>Why a conference cannot be from one day to another; null where it can.</summary>
    public static string? ProblemOf(LocalDate startsOn, LocalDate endsOn) =>
        !Dates.IsInReach(startsOn) || !Dates.IsInReach(endsOn) ? Dates.ReachSentence
        : endsOn < startsOn ? "A conference cannot end before it starts."
        : Period.DaysBetween(startsOn, endsOn) >= MaxDays
            ? $"A conference lasts at most {MaxDays} days. Check the dates."
        : null;

    /// <summary>Whether something of its schedule can stand at that time.</summary>
    public bool IsNear(Interval during) => IsNear(StartsOn, EndsOn, TimeZone, during);

    /// <summary>As <see cref="IsNear(Interval)"/>, for a conference that is not there yet.</summary>
    public static bool IsNear(LocalDate startsOn, LocalDate endsOn, DateTimeZone zone, Interval during) =>
        startsOn.PlusDays(-DaysAround).AtStartOfDayInZone(zone).ToInstant() <= during.Start
        && during.End <= endsOn.PlusDays(DaysAround + 1).AtStartOfDayInZone(zone).ToInstant();

    /// <summary>From here on everybody sees it.</summary>
    public void Publish()
    {
        Rule.Require(State is ConferenceState.Preparing, $"{ShortName} is public already.");
        State = ConferenceState.Public;
    }

    /// <summary>Nobody but the organizers sees it any more.</summary>
    public void Hide()
    {
        Rule.Require(State is ConferenceState.Public, $"{ShortName} is not public.");
        State = ConferenceState.Preparing;
    }

    /// <summary>From here on it is read, and no longer changed.</summary>
    public void Archive()
    {
        Rule.Require(
            State is ConferenceState.Public,
            $"Only a public conference can be archived, and {ShortName} is "
                + $"{(State is ConferenceState.Archived ? "archived already" : "still in preparation")}."
        );
        State = ConferenceState.Archived;
    }

    public void Reopen()
    {
        Rule.Require(State is ConferenceState.Archived, $"{ShortName} is not archived.");
        State = ConferenceState.Public;
    }

    /// <exception cref="RuleException">It is archived.</exception>
    public void RequireOpen() => Rule.Require(State is not ConferenceState.Archived, ArchivedSentence(ShortName));

    /// <summary>What everybody is told who tries to change something of an archived conference.</summary>
    public static string ArchivedSentence(string shortName) =>
        $"{shortName} is archived: it can be read, and no longer changed. Its organizers can open it again.";

    public void Offer(int? places)
    {
        Rule.Require(
            places is null or (>= 1 and <= MaxPlaces),
            $"A conference has from 1 to {MaxPlaces} places for microconferences."
        );
        Places = places;
    }

    public void KeepAffiliationsApart(bool apart) => KeepsAffiliationsApart = apart;

    /// <summary>
    /// The rooms in their order; a room that is already there keeps its identity, and one in use cannot be left out.
    /// </summary>
    public void Arrange(IReadOnlyList<(string Name, int? Capacity, string? Equipment)> rooms)
    {
        RequireAtMost(rooms.Count, MaxRooms, "rooms");
        _rooms.RemoveAll(room => rooms.All(wanted => wanted.Name != room.Name));
        foreach (var ((name, capacity, equipment), position) in rooms.Select((room, position) => (room, position)))
        {
            var room = _rooms.Find(room => room.Name == name);
            if (room is null)
            {
                _rooms.Add(room = new Room(name));
            }

            room.Describe(capacity, equipment, position);
        }
    }

    /// <summary>
    /// The tiers in the order in which sponsors are thanked; a tier that is already there keeps its sponsors.
    /// </summary>
    public void Thank(IReadOnlyList<(string Title, int Places)> tiers)
    {
        RequireAtMost(tiers.Count, MaxTiers, "sponsor tiers");
        _tiers.RemoveAll(tier => tiers.All(wanted => wanted.Title != tier.Title));
        foreach (var ((title, places), position) in tiers.Select((tier, position) => (tier, position)))
        {
            var tier = _tiers.Find(tier => tier.Title == title);
            if (tier is null)
            {
                _tiers.Add(tier = new SponsorTier(title));
            }

            tier.Describe(places, position);
        }
    }

    /// <summary>
    /// The rooms as organizers list them: those with a number keep it whatever they are called now, those that are left
    /// out go.
    /// </summary>
    public void Furnish(IReadOnlyList<(int? Id, string Name, int? Capacity, string? Equipment)> rooms)
    {
        RequireAtMost(rooms.Count, MaxRooms, "rooms");
        RequireDifferent(rooms.Select(room => room.Name), name => $"Two rooms are called {name}.");
        _rooms.RemoveAll(room => rooms.All(wanted => wanted.Id != room.Id));
        foreach (var ((id, name, capacity, equipment), position) in rooms.Select((room, position) => (room, position)))
        {
            var room = id is null ? null : _rooms.Find(room => room.Id == id);
            Rule.Require(room is not null || id is null, $"Somebody else has removed the room {name} meanwhile.");
            if (room is null)
            {
                _rooms.Add(room = new Room(name));
            }

            room.Rename(name);
            room.Describe(capacity, equipment, position);
        }
    }

    /// <summary>The tiers as organizers list them; one that still has sponsors cannot be left out.</summary>
    public void Rank(IReadOnlyList<(int? Id, string Title, int Places)> tiers)
    {
        RequireAtMost(tiers.Count, MaxTiers, "sponsor tiers");
        RequireDifferent(tiers.Select(tier => tier.Title), title => $"Two tiers are called {title}.");
        foreach (var gone in _tiers.Where(tier => tiers.All(wanted => wanted.Id != tier.Id)))
        {
            Rule.Require(
                gone.Sponsorships.Count == 0,
                $"The tier {gone.Title} still has sponsors. Take them out of it first."
            );
        }

        _tiers.RemoveAll(tier => tiers.All(wanted => wanted.Id != tier.Id));
        foreach (var ((id, title, places), position) in tiers.Select((tier, position) => (tier, position)))
        {
            var tier = id is null ? null : _tiers.Find(tier => tier.Id == id);
            Rule.Require(tier is not null || id is null, $"Somebody else has removed the tier {title} meanwhile.");
            if (tier is null)
            {
                _tiers.Add(tier = new SponsorTier(title));
            }

            tier.Rename(title);
            tier.Describe(places, position);
        }
    }

    /// <summary>Divides every day; a half-day that is already there keeps its identity.</summary>
    public void Divide(
        IReadOnlyList<(
            int? Id,
            string Name,
            LocalTime Starts,
            LocalTime Ends,
            LocalTime? BreakStarts,
            int BreakMinutes
        )> halfDays
    )
    {
        Rule.Require(halfDays.Count <= HalfDay.MaxPerDay, $"A day is divided into at most {HalfDay.MaxPerDay} parts.");
        RequireDifferent(halfDays.Select(h => h.Name), name => $"Two half-days are called {name}.");
        var sorted = halfDays.OrderBy(h => h.Starts).ToList();
        var late = sorted.Zip(sorted.Skip(1)).FirstOrDefault(pair => pair.First.Ends > pair.Second.Starts);
        Rule.Require(late == default, $"{late.Second.Name} begins before {late.First.Name} is over.");
        _halfDays.RemoveAll(known => sorted.TrueForAll(wanted => wanted.Id != known.Id));
        foreach (var (wanted, position) in sorted.Select((wanted, position) => (wanted, position)))
        {
            var halfDay = _halfDays.Find(known => known.Id == wanted.Id && wanted.Id is not null);
            Rule.Require(
                halfDay is not null || wanted.Id is null,
                $"Somebody else has removed {wanted.Name} meanwhile."
            );
            if (halfDay is null)
            {
                _halfDays.Add(
                    halfDay = new HalfDay(
                        wanted.Name,
                        wanted.Starts,
                        wanted.Ends,
                        wanted.BreakStarts,
                        wanted.BreakMinutes
                    )
                );
            }

            halfDay.Set(wanted.Name, wanted.Starts, wanted.Ends, wanted.BreakStarts, wanted.BreakMinutes);
            halfDay.MoveTo(position);
        }
    }

    public void Walk(int minutes)
    {
        Rule.Require(
            minutes is >= 0 and <= MaxWalkingMinutes,
            $"The way between two rooms takes from 0 to {MaxWalkingMinutes} minutes."
        );
        WalkingMinutes = minutes;
    }

    private static void RequireAtMost(int count, int most, string what) =>
        Rule.Require(count <= most, $"A conference has at most {most} {what}.");

    private static void RequireDifferent(IEnumerable<string> names, Func<string, string> otherwise)
    {
        var twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;
        Rule.Require(twice is null, otherwise(twice ?? ""));
    }

    public Instant FromVenueTime(LocalDateTime time) => time.InZoneLeniently(TimeZone).ToInstant();

    public LocalDateTime ToVenueTime(Instant instant) => instant.InZone(TimeZone).LocalDateTime;
}
