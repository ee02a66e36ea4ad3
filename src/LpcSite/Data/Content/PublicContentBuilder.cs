using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Data.Content;

/// <summary>What else there is to say of it.</summary>
public sealed class PublicContentBuilder<T>
    where T : class
{
    private readonly PublicContent _content;

    internal PublicContentBuilder(EntityTypeBuilder<T> entity, PublicContent content)
    {
        _content = content;
        entity.HasAnnotation(PublicContent.Annotation, content);
    }

    /// <summary>No public page shows these, nor what is made of them.</summary>
    public PublicContentBuilder<T> ButNot(params Expression<Func<T, object?>>[] properties)
    {
        _content.Hidden = properties.Select(property => property.Property()).ToHashSet(StringComparer.Ordinal);
        return this;
    }

    /// <summary>A new row is shown by what names it, which is told by itself.</summary>
    public PublicContentBuilder<T> OnceNamed()
    {
        _content.IsShownOnceNamed = true;
        return this;
    }

    /// <summary>So is a new row of something that is new itself.</summary>
    public PublicContentBuilder<T> OnceNamed(Expression<Func<T, object?>> owner)
    {
        _content.ShownOnceNamedBy = owner.Property();
        return this;
    }
}
