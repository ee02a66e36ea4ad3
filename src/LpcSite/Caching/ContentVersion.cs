using System.Runtime.InteropServices;

namespace LpcSite.Caching;

/// <summary>
/// How often the public content of every conference, and of this one, has changed since the site started.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ContentVersion(long Everything, long Conference);
