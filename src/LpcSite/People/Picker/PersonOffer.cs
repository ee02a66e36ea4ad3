namespace LpcSite.People.Picker;

/// <summary>Where a name in a form stands.</summary>
/// <param name="Chosen">Who is meant; null as long as nobody was chosen.</param>
/// <param name="Choices">Among whom is to be chosen; null where nothing is open.</param>
public sealed record PersonOffer(PersonChoice? Chosen, IReadOnlyList<PersonChoice>? Choices);
