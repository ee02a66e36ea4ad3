using LpcSite.Materials.Slides;

namespace LpcSite.Materials;

/// <summary>The use cases of slides and other materials, as the site is put together of them.</summary>
internal static class MaterialsServices
{
    public static void AddMaterials(this IServiceCollection services)
    {
        services.AddScoped<MaterialUploads>();
        services.AddScoped<SlideReminders>();
    }
}
