using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LpcSite.Web.Forms;

/// <summary>
/// Reads a box that is ticked or not. The framework shows a form again with whatever was sent, and fails where that was
/// neither: here the field is refused with a sentence, and shown as it would be unticked.
/// </summary>
internal sealed class CheckboxBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(bool) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var sent = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (sent == ValueProviderResult.None)
        {
            return Task.CompletedTask;
        }

        // A box that is ticked sends "true", and the hidden field behind it "false" (ASP.NET Core's tag helper for
        // input).
        if (bool.TryParse(sent.FirstValue, out var isTicked))
        {
            bindingContext.ModelState.SetModelValue(bindingContext.ModelName, sent);
            bindingContext.Result = ModelBindingResult.Success(isTicked);
        }
        else
        {
            bindingContext.ModelState.SetModelValue(bindingContext.ModelName, rawValue: false, attemptedValue: "false");
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "Tick the box, or leave it empty.");
        }

        return Task.CompletedTask;
    }
}
