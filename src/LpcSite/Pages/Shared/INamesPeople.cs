namespace LpcSite.Pages.Shared;

/// <summary>A page with fields in which people are named.</summary>
public interface INamesPeople
{
    /// <summary>All of them, as they were posted.</summary>
    IEnumerable<PersonInput> Named { get; }
}
