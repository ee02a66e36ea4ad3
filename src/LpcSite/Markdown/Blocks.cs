using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LpcSite.Markdown;

/// <summary>Makes code, tables and task lists fit for a phone, a keyboard and a page without inline styles.</summary>
internal static class Blocks
{
    public static void Arrange(MarkdownDocument document)
    {
        foreach (var code in document.Descendants<CodeBlock>())
        {
            // Code that is wider than the screen scrolls, and what scrolls must be reachable by keyboard.
            var attributes = new HtmlAttributes();
            attributes.AddProperty("tabindex", "0");
            code.SetAttributes(attributes);
        }

        foreach (var table in document.Descendants<Table>())
        {
            Align(table);
        }

        foreach (var task in document.Descendants<TaskList>().ToList())
        {
            // A box nobody can tick is no form field; as a character it is read aloud and needs no label.
            task.ReplaceBy(new LiteralInline(task.Checked ? "☑" : "☐"));
        }
    }

    /// <summary>The site's content security policy forbids the style attributes that tables would get.</summary>
    private static void Align(Table table)
    {
        var classes = table
            .ColumnDefinitions.Select(column =>
                column.Alignment switch
                {
                    TableColumnAlign.Left => "left",
                    TableColumnAlign.Center => "center",
                    TableColumnAlign.Right => "right",
                    _ => null,
                }
            )
            .ToList();

        foreach (var row in table.OfType<TableRow>())
        {
            foreach (var (cell, alignment) in row.OfType<TableCell>().Zip(classes))
            {
                if (alignment is not null)
                {
                    cell.GetAttributes().AddClass(alignment);
                }
            }
        }

        table.ColumnDefinitions.Clear();
    }
}
