using System.ComponentModel.DataAnnotations;
using LpcSite.Calls;

namespace LpcSite.Pages.Shared;

/// <summary>The form of a call: its dates in the zone in which they are announced, and what it says.</summary>
public class CallInput
{
    [Required(ErrorMessage = "Say when it opens.")]
    public string OpensAt { get; set; } = "";

    [Required(ErrorMessage = "Say when it closes.")]
    public string ClosesAt { get; set; } = "";

    [Required(ErrorMessage = "Say in which zone these times are.")]
    public string Zone { get; set; } = "";

    [DataType(DataType.MultilineText)]
    [MarkdownText]
    public string? Guidance { get; set; }

    [MaxLength(Calls.Call.TemplateMaxLength, ErrorMessage = "The template has at most 10,000 characters.")]
    [DataType(DataType.MultilineText)]
    public string? Template { get; set; }

    public bool AllowsChanges { get; set; }

    /// <summary>Of the call as the form showed it; 0 for a new one.</summary>
    public uint Version { get; set; }

    /// <summary>As it stands; for a new one, anywhere on Earth.</summary>
    public static CallInput Of(Call? call, string defaultTemplate) =>
        call is null
            ? new CallInput { Zone = "Etc/GMT+12", Template = defaultTemplate }
            : new CallInput
            {
                OpensAt = MomentInput.Write(call.OpensAt, call.Zone),
                ClosesAt = MomentInput.Write(call.ClosesAt, call.Zone),
                Zone = call.Zone.Id,
                Guidance = call.Guidance.Source,
                Template = call.Template,
                AllowsChanges = call.AllowsChanges,
                Version = call.RowVersion,
            };
}
