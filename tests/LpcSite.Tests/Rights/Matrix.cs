namespace LpcSite.Tests.Rights;

/// <summary>
/// Who may do what. One word for everybody, or one each for: anonymous, attendee, submitter, lead of this, lead of another, reviewer,
/// organizer. <c>open</c>: the page, or for a writing request the next step of it; <c>login</c>: the way to sign in; <c>refused</c>: 403; <c>none</c>: 404.
/// </summary>
internal static class Matrix
{
    private const string Open = "open";
    private const string None = "none";
    private const string SignedIn = "login open open open open open open";
    private const string Organizers = "login refused refused refused refused refused open";
    private const string NoSuchLetter = "login refused refused refused refused refused none";
    private const string ItsLeads = "login refused refused open refused refused open";
    private const string ItsDesk = "login none none open none none open";
    private const string Draft = "none none none open none none open";

    /// <summary>What stands for other parameters of addresses.</summary>
    public static IReadOnlyDictionary<string, string> Values { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = "none.eml",
        ["id"] = "999999",
        ["key"] = "nobody-was-invited-by-this-key",
        ["hash"] = new('0', 64),
        ["number"] = "1",
    };

    public static IReadOnlyDictionary<string, Row> Rows { get; } = new Dictionary<string, Row>(StringComparer.Ordinal)
    {
        ["GET /"] = new(Open),
        ["GET /account/sign-in"] = new(Open),
        ["POST /account/sign-in"] = new(Open),
        ["GET /account/sign-out"] = new(Open),
        ["POST /account/sign-out"] = new(Open),
        ["GET /account/register"] = new(Open),
        ["POST /account/register"] = new(Open),
        ["GET /account/confirm"] = new(Open),
        ["POST /account/confirm"] = new(Open),
        ["GET /account/forgot"] = new(Open),
        ["POST /account/forgot"] = new(Open),
        ["GET /account/reset"] = new(Open),
        ["POST /account/reset"] = new(Open),
        ["GET /account/invitation/{key}"] = new(None),
        ["POST /account/invitation/{key}"] = new(None),
        ["GET /account"] = new(SignedIn),
        ["GET /account/profile"] = new(SignedIn),
        ["POST /account/profile"] = new(SignedIn),
        ["GET /account/password"] = new(SignedIn),
        ["POST /account/password"] = new(SignedIn),
        ["GET /account/address"] = new(SignedIn),
        ["POST /account/address"] = new(SignedIn),
        ["GET /account/address/confirm"] = new(SignedIn),
        ["POST /account/address/confirm"] = new(SignedIn),
        ["GET /account/sign-out-everywhere"] = new(SignedIn),
        ["POST /account/sign-out-everywhere"] = new(SignedIn),
        ["GET /account/passkeys"] = new(SignedIn),
        ["POST /account/passkeys"] = new(SignedIn),
        ["GET /account/two-factor"] = new(SignedIn),
        ["POST /account/two-factor"] = new(SignedIn),
        ["GET /account/two-factor/codes"] = new(SignedIn),
        ["GET /account/two-factor/qr.svg"] = new("login none none none none none none"),
        ["GET /account/sign-in/passkey"] = new(Open),
        ["POST /account/sign-in/passkey"] = new(Open),
        ["GET /account/sign-in/code"] = new(Open),
        ["POST /account/sign-in/code"] = new(Open),
        ["GET /account/export"] = new(SignedIn),
        ["GET /account/erase"] = new(SignedIn),
        ["POST /account/erase"] = new(SignedIn),
        ["GET /account/external"] = new(None),
        ["GET /account/external/done"] = new(None),
        ["POST /account/external/done"] = new(None),
        ["GET /account/connection"] = new("login none none none none none none"),
        ["POST /account/connection"] = new("login none none none none none none"),
        ["GET /account/picture"] = new(SignedIn),
        ["POST /account/picture"] = new(SignedIn),
        ["GET /pictures/{hash}"] = new(None),
        ["GET /healthz"] = new(Open),
        ["GET /readyz"] = new(Open),
        ["GET /robots.txt"] = new(Open),
        ["GET /sitemap.xml"] = new(Open),
        ["GET /logos/{hash}"] = new(None),
        ["GET /my"] = new(SignedIn),
        ["GET /my/invitations/{id}"] = new("login none none none none none none"),
        ["POST /my/invitations/{id}"] = new("login none none none none none none"),
        ["GET /{conference}"] = new(Open),
        ["GET /{conference}/calls"] = new(Open),
        ["GET /{conference}/people"] = new(Open),
        ["GET /{conference}/people/{slug}"] = new(Open),
        ["GET /{conference}/search"] = new(Open),
        ["GET /{conference}/sponsors"] = new(Open),
        ["GET /{conference}/mc"] = new(Open),
        ["GET /{conference}/mc.atom"] = new(Open),
        ["GET /{conference}/mc.json"] = new(Open),
        ["GET /{conference}/mc.md"] = new(Open),
        ["GET /{conference}/mc.txt"] = new(Open),
        ["GET /{conference}/mc/propose"] = new(SignedIn),
        ["POST /{conference}/mc/propose"] = new(SignedIn),
        ["GET /{conference}/mc/{slug}"] = new(Open, Draft),
        ["GET /{conference}/mc/{slug}.atom"] = new(Open, None),
        ["GET /{conference}/mc/{slug}.json"] = new(Open, None),
        ["GET /{conference}/mc/{slug}.md"] = new(Open, None),
        ["GET /{conference}/mc/{slug}.txt"] = new(Open, None),
        ["GET /{conference}/mc/{slug}/topics/{topic}"] = new(Open, None),
        ["GET /{conference}/mc/{slug}/edit"] = new(ItsLeads, ItsDesk),
        ["POST /{conference}/mc/{slug}/edit"] = new(ItsLeads, ItsDesk),
        ["GET /{conference}/mc/{slug}/lead/people"] = new(ItsDesk, ItsDesk),
        ["POST /{conference}/mc/{slug}/lead/people"] = new(ItsDesk, ItsDesk),
        ["GET /{conference}/mc/{slug}/history"] = new(Open, Draft),
        ["GET /{conference}/mc/{slug}/history/{number}"] = new(Open, Draft),
        ["POST /{conference}/mc/{slug}/history/{number}"] = new(ItsLeads, Draft),
        ["GET /{conference}/mc/{slug}/lead/record"] = new(ItsDesk, ItsDesk),
        ["GET /{conference}/mc/{slug}/lead/address"] = new(ItsDesk, ItsDesk),
        ["POST /{conference}/mc/{slug}/lead/address"] = new(ItsDesk, ItsDesk),
        ["GET /{conference}/mc/{slug}/lead/withdraw"] = new(ItsDesk, ItsDesk),
        ["POST /{conference}/mc/{slug}/lead/withdraw"] = new(ItsDesk, ItsDesk),
        ["GET /{conference}/mc/propose/working/"] = new(SignedIn),
        ["POST /{conference}/mc/propose/working/"] = new(SignedIn),
        ["DELETE /{conference}/mc/propose/working/"] = new(SignedIn),
        ["POST /{conference}/mc/propose/working/discard"] = new(SignedIn),
        ["GET /{conference}/mc/{slug}/working/"] = new(ItsLeads, ItsDesk),
        ["POST /{conference}/mc/{slug}/working/"] = new(ItsLeads, ItsDesk),
        ["DELETE /{conference}/mc/{slug}/working/"] = new(ItsLeads, ItsDesk),
        ["POST /{conference}/mc/{slug}/working/discard"] = new(ItsLeads, ItsDesk),
        ["POST /{conference}/mc/links"] = new(SignedIn),
        ["POST /{conference}/mc/preview"] = new(SignedIn),
        ["GET /dev/mail/{name}"] = new(None),
        ["GET /{conference}/organize/letters"] = new(Organizers),
        ["GET /{conference}/organize/letters/{id}"] = new(NoSuchLetter),
        ["POST /{conference}/organize/letters/{id}"] = new(Organizers),
        ["GET /{conference}/organize/people/{slug}/invite"] = new(Organizers),
        ["POST /{conference}/organize/people/{slug}/invite"] = new(Organizers),
        ["GET /{conference}/organize"] = new(Organizers),
        ["GET /{conference}/organize/audit"] = new(Organizers),
        ["GET /{conference}/organize/call"] = new(Organizers),
        ["POST /{conference}/organize/call"] = new(Organizers),
    };

    /// <param name="Draft">For the same address of a microconference that is only a draft; null where the address names none.</param>
    internal sealed record Row(string Public, string? Draft = null);
}
