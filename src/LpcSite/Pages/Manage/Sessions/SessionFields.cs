using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>What was typed into the fields of a session's rows and is not as it should be.</summary>
public sealed record SessionFields(ModelStateDictionary State)
{
    /// <summary>What was typed into a field where it is no number.</summary>
    public string? Typed(string field) =>
        State.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.AttemptedValue : null;

    /// <summary>What is wrong with the fields of a row.</summary>
    public IEnumerable<string> ProblemsOf(string row) =>
        State
            .Where(entry => entry.Key.StartsWith($"{row}.", StringComparison.Ordinal))
            .SelectMany(entry => entry.Value!.Errors)
            .Select(error => error.ErrorMessage)
            .Distinct();
}
