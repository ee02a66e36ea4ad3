using LpcSite.Decisions;
using LpcSite.Rules;

namespace LpcSite.Tests.Decisions;

/// <summary>Texts with fields, as organizers write them once for many letters.</summary>
public sealed class EmailTemplateTests
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["title"] = "Rust {note}",
        ["note"] = "",
        ["form"] = "half length",
    };

    [Fact]
    public void Fill_PutsValuesInTheirPlaces_AndReadsNoFieldsInThem() =>
        Assert.Equal("Rust {note} gets half length.", EmailTemplate.Fill("{title} gets {form}.", Values));

    [Fact]
    public void Fill_OfAParagraphThatIsAnEmptyField_LeavesNoGap() =>
        Assert.Equal("One.\n\nTwo.", EmailTemplate.Fill("One.\n\n{note}\n\nTwo.", Values));

    [Theory]
    [InlineData(
        "Dear {name}",
        "There is no field {name}. The fields are {title}, {conference}, {form}, {into}, {place}, {note}, {link}."
    )]
    [InlineData(" \n ", "Write something.")]
    [InlineData("12345678901", "This has 11 characters; 10 fit.")]
    [InlineData("{Title} {}", null)]
    public void Problem_IsASentence(string text, string? expected) =>
        Assert.Equal(
            expected,
            EmailTemplate.Problem(text, expected?.Contains("fit", StringComparison.Ordinal) is true ? 10 : 100)
        );

    [Fact]
    public void Write_OfAnUnknownField_IsRefused() =>
        Assert.Throws<RuleException>(() => new EmailTemplate(1, Verdict.Accept).Write("{subject}", "Text"));

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void DefaultOf_EveryVerdict_HasAText(Verdict verdict) =>
        Assert.NotEmpty(EmailTemplate.DefaultOf(1, verdict).Text);

    public static TheoryData<Verdict> Verdicts => [.. Enum.GetValues<Verdict>()];
}
