using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Data.Content;

/// <summary>How configurations say it.</summary>
public static class PublicContentExtensions
{
    /// <summary>Pages of the conference show it that is found by this key, from owner to owner.</summary>
    /// <param name="keys">Where several may be set, each of them.</param>
    public static PublicContentBuilder<T> IsPublic<T>(
        this EntityTypeBuilder<T> entity,
        params Expression<Func<T, object?>>[] keys
    )
        where T : class => new(entity, new() { Keys = [.. keys.Select(key => key.Property())] });

    /// <summary>Pages of all conferences show it.</summary>
    public static PublicContentBuilder<T> IsPublicEverywhere<T>(this EntityTypeBuilder<T> entity)
        where T : class => new(entity, new());

    internal static string Property<T>(this Expression<Func<T, object?>> property) =>
        (property.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : property.Body)
            is MemberExpression { Expression: ParameterExpression } member
            ? member.Member.Name
            : throw new ArgumentException($"{property} is no property of the entity.", nameof(property));
}
