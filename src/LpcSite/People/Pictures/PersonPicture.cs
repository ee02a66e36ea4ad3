namespace LpcSite.People.Pictures;

/// <summary>
/// What a person looks like, as a small image of their own: kept apart, so that lists of people do not carry it.
/// </summary>
public class PersonPicture
{
    public const int MaxBytes = 512 * 1024;

    private PersonPicture() { }

    public PersonPicture(Person person, string hash, string mediaType, byte[] bytes) =>
        (Person, Hash, MediaType, Bytes) = (person, hash, mediaType, bytes);

    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;

    /// <summary>
    /// SHA-256 of the bytes, in lower-case hexadecimal; part of its address, so that it may be kept for ever.
    /// </summary>
    public string Hash { get; private set; } = null!;

    public string MediaType { get; private set; } = null!;
    public byte[] Bytes { get; private set; } = null!;

    public void Replace(string hash, string mediaType, byte[] bytes) =>
        (Hash, MediaType, Bytes) = (hash, mediaType, bytes);
}
