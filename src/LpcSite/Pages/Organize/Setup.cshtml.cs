using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Pages.Shared;
using LpcSite.Scheduling;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize;

/// <summary>What a conference is called, when and where it is, and its rooms. Dates that move leave things behind, which is said before.</summary>
public class SetupModel(LpcDbContext db, ConferenceSetup setup) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [BindProperty] public string? Change { get; set; }

    /// <summary>What stays where it is when the dates or the zone change, a sentence each.</summary>
    public IReadOnlyList<string> Consequences { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => Input = InputModel.Of(await setup.FindAsync(HttpContext.Conference().Id, stop));

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (RowChange.Apply(Change, nameof(Input.Rooms), Input.Rooms, () => new RoomInput()))
        {
            ModelState.Clear();
            return Page();
        }

        if (Input.Read(ModelState) is not { } facts)
        {
            return this.Invalid();
        }

        var conference = await setup.FindAsync(HttpContext.Conference().Id, stop);
        Consequences = await ConsequencesAsync(conference, facts, stop);
        if (Consequences.Count > 0 && !Input.Sure)
        {
            return this.Invalid();
        }

        try
        {
            await setup.ChangeAsync(conference, facts, Input.ToRooms(), Input.Version, await db.MeAsync(User, stop), stop);
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
            return this.Invalid();
        }
        catch (RaceException raced)
        {
            // The next save is based on what the other one saved, which the sentence asks to look at.
            Input.Version = await db.Conferences.Where(c => c.Id == conference.Id).Select(c => c.RowVersion).SingleAsync(stop);
            return this.Raced(raced, "Input.Version");
        }

        this.Say("Saved.");
        return RedirectToPage();
    }

    private async Task<IReadOnlyList<string>> ConsequencesAsync(Conference conference, ConferenceFacts facts, CancellationToken stop)
    {
        var (hasMoved, hasOtherClock) = (conference.StartsOn != facts.StartsOn || conference.EndsOn != facts.EndsOn, conference.TimeZone.Id != facts.TimeZone.Id);
        if (!hasMoved && !hasOtherClock)
        {
            return [];
        }

        var (from, to) = (facts.StartsOn.AtStartOfDayInZone(facts.TimeZone).ToInstant(), facts.EndsOn.PlusDays(1).AtStartOfDayInZone(facts.TimeZone).ToInstant());
        var slots = await db.Slots.Where(s => s.ConferenceId == conference.Id).Select(s => s.During).ToListAsync(stop);
        var outside = slots.Count(during => during.Start < from || during.End > to);
        var closing = await db.Calls.Where(c => c.ConferenceId == conference.Id).OrderBy(c => c.MicroconferenceId != null).Select(c => new { c.MicroconferenceId, c.ClosesAt, c.Zone }).ToListAsync(stop);
        string?[] sentences =
        [
            outside > 0 ? $"{(outside == 1 ? "1 slot" : $"{outside} slots")} of the schedule would lie outside of the new dates." : null,
            hasOtherClock && slots.Count > 0 ? $"{(slots.Count == 1 ? "1 slot of the schedule happens" : $"{slots.Count} slots of the schedule happen")} at the same instant as before, and so at another time of {facts.TimeZone.Id}." : null,
            hasMoved && closing is [{ MicroconferenceId: null } call, ..] ? $"The call for microconferences still closes {Dates.Moment(call.ClosesAt, call.Zone)}." : null,
            hasMoved && closing.Count(c => c.MicroconferenceId is not null) is var topics and > 0 ? $"{(topics == 1 ? "1 call for topics keeps its date" : $"{topics} calls for topics keep their dates")}." : null,
        ];
        return [.. sentences.OfType<string>()];
    }

    public class InputModel : FactsInput
    {
        public List<RoomInput> Rooms { get; set; } = [];
        public uint Version { get; set; }
        public bool Sure { get; set; }

        public static InputModel Of(Conference conference)
        {
            var input = new InputModel { Version = conference.RowVersion };
            input.Fill(ConferenceFacts.Of(conference));
            input.Rooms.AddRange(conference.Rooms.OrderBy(r => r.Position).Select(r => new RoomInput { Id = r.Id, Name = r.Name, Capacity = r.Capacity, Equipment = r.Equipment }));
            return input;
        }

        public IReadOnlyList<(int? Id, string Name, int? Capacity, string? Equipment)> ToRooms() =>
            [.. Rooms.Where(r => r.Id is not null || !string.IsNullOrWhiteSpace(r.Name)).Select(r => (r.Id, r.Name?.Trim() ?? "", r.Capacity, r.Equipment))];
    }

    public class RoomInput
    {
        public int? Id { get; set; }

        [StringLength(Room.NameMaxLength, ErrorMessage = "A room has a name of at most {1} characters.")]
        public string? Name { get; set; }

        [Range(1, 100_000, ErrorMessage = "A room seats at least one person.")]
        public int? Capacity { get; set; }

        [StringLength(Room.EquipmentMaxLength, ErrorMessage = "What is in a room is said in at most {1} characters.")]
        public string? Equipment { get; set; }
    }
}
