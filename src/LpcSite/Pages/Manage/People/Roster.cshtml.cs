using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Microconferences.Leads;
using LpcSite.Pages.Shared;
using LpcSite.Topics;
using LpcSite.Topics.Speakers;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage.People;

/// <summary>
/// The people of a microconference, each once, with what they said about coming; its speakers are asked from here.
/// </summary>
public class RosterModel(LpcDbContext db, IAuthorizationService authorization, SpeakerInvitations speakerInvitations)
    : ManagePage(db, authorization)
{
    public IReadOnlyList<RosterLine> Lines { get; private set; } = [];

    /// <summary>How many speakers of accepted topics have not said whether they speak.</summary>
    public int Silent { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    protected override async Task ShowAsync(CancellationToken stop)
    {
        Lines = await RosterLine.ReadAsync(Db, Microconference.Id, stop);
        Silent = await Db
            .Topics.Where(t => t.MicroconferenceId == Microconference.Id && t.Status == TopicStatus.Accepted)
            .SelectMany(t => t.Speakers)
            .Where(s => s.ConfirmedAt == null && s.DeclinedAt == null)
            .Select(s => s.PersonId)
            .Distinct()
            .CountAsync(stop);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                // Where another lead asked at the same moment, what was asked until then is asked.
                var said = "";
                var isFirst = await ModelState.AcceptsAsync(
                    "",
                    async () =>
                        said = await speakerInvitations.AskAsync(
                            Microconference,
                            await Db.MeAsync(User, stop),
                            HttpContext.Origin(),
                            stop
                        )
                );
                return Done.Say(isFirst ? said : Problems.All(ModelState)[0])
                    .GoTo($"{Microconference.Path}/lead/roster");
            },
            stop
        );

    /// <summary>The same as a file for a spreadsheet (RFC 4180).</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken stop) =>
        await FindAsync(stop)
        ?? File(
            RosterCsv.Write(await RosterLine.ReadAsync(Db, Microconference.Id, stop)),
            "text/csv; charset=utf-8",
            $"roster-{Microconference.Slug}.csv"
        );
}
