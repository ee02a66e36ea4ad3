using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Leads;
using LpcSite.Microconferences.Results;
using LpcSite.Microconferences.Revisions;

namespace LpcSite.Microconferences;

/// <summary>The use cases of microconferences, as the site is put together of them.</summary>
internal static class MicroconferencesServices
{
    public static void AddMicroconferences(this IServiceCollection services)
    {
        services.AddScoped<RevisionRendering>();
        services.AddScoped<ProposalLists>();
        services.AddScoped<ProposalRevisions>();
        services.AddScoped<ProposalEditing>();
        services.AddScoped<ProposalEmails>();
        services.AddScoped<ProposalSubmission>();
        services.AddScoped<WithdrawalEmails>();
        services.AddScoped<Withdrawals>();
        services.AddScoped<ProposalMerge>();
        services.AddScoped<SessionNotes>();
        services.AddScoped<Renewal>();
        services.AddScoped<AnswerEmails>();
        services.AddScoped<LeadInvitations>();
        services.AddScoped<KeyAttendeeInvitations>();
        services.AddScoped<WorkingTexts>();
    }
}
