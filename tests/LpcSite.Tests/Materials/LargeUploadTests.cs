using System.Net;
using System.Net.Http.Headers;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Materials;

/// <summary>
/// The built site on a real socket, to which somebody sends two gigabytes: with the length said before, and without.
/// </summary>
public sealed class LargeUploadTests : IAsyncLifetime
{
    private const long TwoGigabytes = 2L * 1024 * 1024 * 1024;

    private readonly SiteFixture _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_OfTwoGigabytes_EndsInASentenceAndLittleMemory(bool withLength)
    {
        var place = await _site.TopicAsync("Huge", "Huge", "Ann Author");
        var mail = await _site.Given.AccountAsync(place.Speaker);
        using var process = SiteProcess.Start(_site.ConnectionString, null);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(await process.AddressAsync(Stop)),
            Timeout = TimeSpan.FromMinutes(3),
        };
        await SignInAsync(client, mail);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(place.Path, Stop)).StatusCode);
        var before = process.Memory;

        using var content = new Endless(withLength);
        using var answer = await client.PostAsync(place.Path, content, Stop);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{content.Sent / 1024 / 1024} MB sent; memory {before / 1024 / 1024} MB before, at most "
                + $"{process.PeakMemory / 1024 / 1024} MB."
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains(
            "larger than slides may be",
            (await Browsing.ParseAsync(answer)).QuerySelector("main")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.InRange(process.PeakMemory, 1, before + 250 * 1024 * 1024);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(place.Path, Stop)).StatusCode);
    }

    private static async Task SignInAsync(HttpClient client, string mail)
    {
        using var form = await client.GetAsync("/account/sign-in", Stop);
        var token = (await Browsing.ParseAsync(form))
            .QuerySelector("main input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        client.DefaultRequestHeaders.Add("Cookie", Cookies(form));
        using var signedIn = await client.PostAsync(
            "/account/sign-in",
            new FormUrlEncodedContent([
                new("Input.Mail", mail),
                new("Input.Password", Given.Password),
                new("__RequestVerificationToken", token),
            ]),
            Stop
        );
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", Cookies(signedIn));
    }

    private static string Cookies(HttpResponseMessage answer) =>
        string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

    /// <summary>A form with a file that never seems to end.</summary>
    private sealed class Endless : HttpContent
    {
        private readonly byte[] _start = System.Text.Encoding.ASCII.GetBytes(
            "--sep\r\nContent-Disposition: form-data; name=\"Slides\"; filename=\"talk.pdf\"\r\n\r\n%PDF-1.7\n"
        );
        private readonly bool _withLength;

        public Endless(bool withLength)
        {
            _withLength = withLength;
            Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=sep");
        }

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[256 * 1024];
            await stream.WriteAsync(_start, Stop);
            for (Sent = _start.Length; Sent < TwoGigabytes; )
            {
                var length = (int)Math.Min(piece.Length, TwoGigabytes - Sent);
                await stream.WriteAsync(piece.AsMemory(0, length), Stop);
                Sent += length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = TwoGigabytes;
            return _withLength;
        }
    }
}
