using LpcSite.Microconferences;

namespace LpcSite.Pages.Microconferences;

/// <summary>
/// What <c>_Merge.cshtml</c> shows of a <see cref="Saved.Conflict"/>: the two differences of one text, and the field with both brought together.
/// <para>The page answers 409 and puts into its form, once for each text: <c>&lt;partial name="_Merge" model='new MergeView("Description",
/// "Input.Description", conflict.Description, conflict.By)' /&gt;</c>. The field for the revision it is based on then holds
/// <see cref="Saved.Conflict.Number"/> (take the old value out of ModelState, which wins over the model otherwise).</para>
/// </summary>
/// <param name="Label">What the text is called, as a heading and as the label of its field.</param>
/// <param name="Field">The name of the field in the form.</param>
/// <param name="By">Who saved meanwhile; null if a command did.</param>
public sealed record MergeView(string Label, string Field, Saved.Texts Texts, string? By)
{
    /// <summary>The id that the tag helpers give a field of this name, to which <c>asp-validation-for</c> and links can point.</summary>
    public string FieldId => Field.Replace('.', '_');

    public bool IsChangedByMe => Texts.Base != Texts.Mine;
    public bool IsChangedByThem => Texts.Base != Texts.Theirs;
}
