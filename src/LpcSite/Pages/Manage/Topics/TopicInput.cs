using System.ComponentModel.DataAnnotations;
using LpcSite.Emails;
using LpcSite.Pages.Shared;
using LpcSite.Topics;

namespace LpcSite.Pages.Manage.Topics;

/// <summary>What leads type on the page of one topic; each of its forms has some of these fields.</summary>
public class TopicInput
{
    [DataType(DataType.MultilineText)]
    public string? Changes { get; set; }

    [Range(1, Topic.MaxMinutes, ErrorMessage = "A topic takes from {1} to {2} minutes.")]
    public int? Minutes { get; set; }

    [MaxLength(Topic.GroupMaxLength, ErrorMessage = "A heading has at most {1} characters.")]
    public string? Group { get; set; }

    public PersonInput Speaker { get; set; } = new();

    [MailAddress]
    public string? Mail { get; set; }

    public string? To { get; set; }

    [DataType(DataType.MultilineText)]
    public string? Words { get; set; }
}
