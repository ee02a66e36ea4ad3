using System.ComponentModel.DataAnnotations;
using LpcSite.Texts;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace LpcSite.Web.Forms;

/// <summary>
/// Where every text of a form or query string passes <see cref="TextIn"/>: as one line, unless its property is declared
/// <see cref="DataType.MultilineText"/>, or <see cref="DataType.Password"/>, which comes in as it was typed (OWASP ASVS
/// 5, 6.2.8).
/// </summary>
internal sealed class TextBinder(SimpleTypeModelBinder inner, Func<string, string> clean) : IModelBinder
{
    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        await inner.BindModelAsync(bindingContext);
        if (
            bindingContext.Result is { IsModelSet: true, Model: string typed }
            && clean(typed) is var text
            && text != typed
        )
        {
            // A form that is shown again holds what came in.
            bindingContext.ModelState.SetModelValue(bindingContext.ModelName, text, text);
            var isNothing = text.Length == 0 && bindingContext.ModelMetadata.ConvertEmptyStringToNull;
            bindingContext.Result = ModelBindingResult.Success(isNothing ? null : text);
        }
    }

    /// <summary>Finds the gate for a text. What the route took from an address is not typed, and is as it is.</summary>
    internal sealed class Provider : IModelBinderProvider
    {
        public IModelBinder? GetBinder(ModelBinderProviderContext context)
        {
            var isTyped =
                context.Metadata.ModelType == typeof(string)
                && context.Metadata.DataTypeName != nameof(DataType.Password)
                && context.BindingInfo.BindingSource?.CanAcceptDataFrom(BindingSource.Path) is not true;
            return !isTyped
                ? null
                : new TextBinder(
                    new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()),
                    context.Metadata.DataTypeName == nameof(DataType.MultilineText) ? TextIn.Lines : TextIn.Line
                );
        }
    }
}
