using System.Buffers;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LpcSite.Web.Requests;

/// <summary>
/// Lets a page take a form of this size, and answers a larger one with 413 and a sentence (RFC 9110, section 15.5.14).
/// What is taken lies on disk until the page has read it. What is too large is read to its end and forgotten: a browser
/// that is cut off while it sends shows an error of its own instead of what the site has to say.
/// </summary>
/// <param name="bytes">
/// Of the whole form; more than a file may have, so that one which is a little too large is refused beside its field.
/// </param>
/// <param name="sentence">For whoever sent more.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UploadLimitAttribute(int bytes, string sentence)
    : Attribute,
        IAsyncAuthorizationFilter,
        IOrderedFilter
{
    // 4 GB: whoever sends more is cut off after all.
    private const long MostForgotten = 4L * 1024 * 1024 * 1024;
    private const int MostFields = 40;

    public int Bytes => bytes;
    public string Sentence => sentence;

    /// <summary>Before the form's proof of its origin is looked for, which reads the form.</summary>
    public int Order => 0;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (!request.HasFormContentType)
        {
            return;
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = null;
        }

        var (sent, counted) = (request.Body, new UploadStream(request.Body, bytes));
        request.Body = counted;
        request.HttpContext.Features.Set<IFormFeature>(
            new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = bytes, ValueCountLimit = MostFields })
        );
        var isTooLarge = request.ContentLength > bytes;
        try
        {
            if (!isTooLarge)
            {
                await request.ReadFormAsync(context.HttpContext.RequestAborted);
                return;
            }
        }
        catch (Exception broken)
            when (broken is InvalidDataException or IOException
                && !context.HttpContext.RequestAborted.IsCancellationRequested
            )
        {
            isTooLarge = counted.IsOver;
        }

        context.Result = new StatusCodeResult(
            isTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest
        );
        if (isTooLarge)
        {
            request.HttpContext.Features.Set(new Refusal(sentence));
            await ForgetAsync(request, sent);
        }
    }

    private static async Task ForgetAsync(HttpRequest request, Stream sent)
    {
        // Who asks first (RFC 9110, section 10.1.1) has sent nothing yet, and is told before they do.
        if (
            request.ContentLength > MostForgotten
            || request.ContentLength is not null && request.Headers.Expect.Count > 0
        )
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            for (var left = MostForgotten; left > 0; left -= read)
            {
                read = await sent.ReadAsync(buffer, request.HttpContext.RequestAborted);
                if (read == 0)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
