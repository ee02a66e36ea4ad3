using LpcSite.People.Picker;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Shared;

/// <summary>
/// Looks up whom the names in a form may mean, before the form is shown again: for every page that
/// <see cref="INamesPeople"/>.
/// </summary>
internal sealed class PersonOffers(PersonPicker people) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (
            context is { Result: PageResult, Controller: INamesPeople page }
            && HttpMethods.IsPost(context.HttpContext.Request.Method)
        )
        {
            var rows = page.Named.ToList();
            var offers = await people.OfferAsync(rows.Select(r => r.ToPerson()), context.HttpContext.RequestAborted);
            rows.ForEach(row => row.Offer = offers.GetValueOrDefault(row.ToPerson()));
        }

        await next();
    }
}
