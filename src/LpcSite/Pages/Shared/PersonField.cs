using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace LpcSite.Pages.Shared;

/// <summary>How <c>_Person</c> prints the fields of one person.</summary>
/// <param name="Label">Of the field for the name.</param>
/// <param name="IsUnseen">Whether the label is only read out, as in lists whose heading says it.</param>
public sealed record PersonField(string Label, string? Hint = null, bool IsUnseen = false, bool IsRequired = false)
{
    private const string Key = "PersonField";

    public static PersonField From(ViewDataDictionary viewData) => (PersonField)viewData[Key]!;

    /// <summary>For a partial whose model the page names by <c>for</c>.</summary>
    public ViewDataDictionary On(ViewDataDictionary viewData) => new(viewData) { [Key] = this };

    /// <summary>For the template of a row that script adds, which the page gives a blank model.</summary>
    /// <param name="prefix">The names of its fields begin with it.</param>
    public ViewDataDictionary AsTemplate(ViewDataDictionary viewData, string prefix)
    {
        var blank = On(viewData);
        blank.TemplateInfo.HtmlFieldPrefix = prefix;
        return blank;
    }
}
