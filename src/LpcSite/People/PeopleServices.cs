using LpcSite.People.Merging;
using LpcSite.People.Picker;

namespace LpcSite.People;

/// <summary>The use cases of people, as the site is put together of them.</summary>
internal static class PeopleServices
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddScoped<PersonMerge>();
        services.AddScoped<PersonPicker>();
    }
}
