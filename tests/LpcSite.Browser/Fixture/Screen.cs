namespace LpcSite.Browser.Fixture;

/// <summary>What a reader looks at: its size in CSS pixels, and whether they prefer the dark.</summary>
public sealed record Screen(string Name, int Width, int Height, bool IsDark = false)
{
    public static readonly Screen Phone = new("phone", 390, 844);
    public static readonly Screen Desktop = new("desktop", 1440, 900);

    public static readonly Screen[] All = [Phone, Phone.Dark, Desktop, Desktop.Dark];

    public Screen Dark => this with { Name = $"{Name}-dark", IsDark = true };
}
