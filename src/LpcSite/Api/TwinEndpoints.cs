namespace LpcSite.Api;

/// <summary>temporary</summary>
public static class TwinEndpoints { public static void MapTwins(this WebApplication app) { } }
