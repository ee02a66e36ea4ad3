using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace LpcSite.Data.Content;

/// <summary>
/// Takes what configurations say of public pages out of the model from which migrations are written, as no column
/// depends on it, and puts it where the running site asks for it.
/// </summary>
internal sealed class PublicContentConvention : IModelFinalizingConvention, IModelFinalizedConvention
{
    private readonly Dictionary<string, PublicContent> _contents = new(StringComparer.Ordinal);

    public void ProcessModelFinalizing(
        IConventionModelBuilder modelBuilder,
        IConventionContext<IConventionModelBuilder> context
    )
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.RemoveAnnotation(PublicContent.Annotation)?.Value is PublicContent content)
            {
                _contents[entity.Name] = content;
            }
        }
    }

    public IModel ProcessModelFinalized(IModel model)
    {
        foreach (var (name, content) in _contents)
        {
            model.FindEntityType(name)!.AddRuntimeAnnotation(PublicContent.Annotation, content);
        }

        return model;
    }
}
