using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;

namespace LpcSite.Tests.Architecture;

/// <summary>
/// What a page shows as a field of many lines or of secret letters comes in as such: everything else comes in as one
/// line.
/// </summary>
public sealed partial class FieldTests
{
    [Fact]
    public void Textarea_OfEveryPage_IsDeclaredToHaveLines() =>
        AssertDeclared("<textarea asp-for=\"", Textarea(), DataType.MultilineText);

    // A password is what somebody typed, to the last space (OWASP ASVS 5, 6.2.8).
    [Fact]
    public void Password_OfEveryForm_IsDeclaredToBeOne()
    {
        var pages = typeof(Program)
            .Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("LpcSite.Pages", StringComparison.Ordinal) is true)
            .ToList();
        var secrets = pages
            .SelectMany(type =>
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            )
            .Where(property =>
                property.PropertyType == typeof(string)
                && property.SetMethod?.IsPublic is true
                && IsSecret(property.Name)
            )
            .ToList();

        Assert.NotEmpty(secrets);
        Assert.Empty(
            secrets
                .Where(property => property.GetCustomAttribute<DataTypeAttribute>()?.DataType != DataType.Password)
                .Select(property => $"{property.DeclaringType}.{property.Name}")
        );
    }

    private static bool IsSecret(string name) =>
        name is "Current" || name.Contains("Password", StringComparison.Ordinal);

    private static void AssertDeclared(string sign, Regex field, DataType kind)
    {
        var found = Pages()
            .SelectMany(page => field.Matches(page.Text).Select(match => (page, Path: match.Groups["path"].Value)))
            .ToList();

        Assert.Equal(Pages().Sum(page => page.Text.Split(sign).Length - 1), found.Count);
        Assert.NotEmpty(found);
        Assert.Empty(
            found
                .Where(f =>
                    Property(ModelOf(f.page), f.Path)?.GetCustomAttribute<DataTypeAttribute>()?.DataType != kind
                )
                .Select(f => $"{f.page.Name}: {f.Path}")
        );
    }

    private static IEnumerable<(string Name, string Text)> Pages() =>
        Directory
            .EnumerateFiles(HouseTests.Source, "*.cshtml", SearchOption.AllDirectories)
            .Where(file => !HouseTests.IsBuilt(file))
            .Select(file => (Path.GetRelativePath(HouseTests.Source, file), File.ReadAllText(file)));

    // By its own namespace, which is its folder's, or one that it names.
    private static Type? ModelOf((string Name, string Text) page)
    {
        var name = Model().Match(page.Text).Groups["name"].Value;
        var own = $"LpcSite.{Path.GetDirectoryName(page.Name)!.Replace('/', '.')}";
        var known = Using().Matches(page.Text).Select(match => match.Groups["name"].Value).Prepend(own).ToList();
        return typeof(Program)
            .Assembly.GetTypes()
            .Where(type => $".{type.FullName?.Replace('+', '.')}".EndsWith($".{name}", StringComparison.Ordinal))
            .MinBy(type => known.IndexOf(type.Namespace ?? "") is var place and >= 0 ? place : int.MaxValue);
    }

    private static PropertyInfo? Property(Type? type, string path)
    {
        PropertyInfo? property = null;
        foreach (var step in path.Split('.'))
        {
            property = type?.GetProperty(step.Split('[')[0]);
            type =
                property?.PropertyType is { IsGenericType: true } list && step.EndsWith(']')
                    ? list.GetGenericArguments()[0]
                    : property?.PropertyType;
        }

        return property;
    }

    [GeneratedRegex("<textarea asp-for=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Textarea();

    [GeneratedRegex(@"@model (?<name>[\w.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Model();

    [GeneratedRegex(@"@using (?<name>[\w.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Using();
}
