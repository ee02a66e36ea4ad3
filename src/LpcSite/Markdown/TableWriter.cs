using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace LpcSite.Markdown;

/// <summary>
/// Puts a table into a box of its own that scrolls, by keyboard too, so that a wide one does not widen the page of a
/// phone.
/// </summary>
internal sealed class TableWriter : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        // A group and not a region: several regions of one name on a page are landmarks nobody can tell apart.
        renderer.EnsureLine();
        renderer.WriteLine("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">");
        base.Write(renderer, table);
        renderer.WriteLine("</div>");
    }
}
