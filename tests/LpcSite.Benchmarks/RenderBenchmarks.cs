using BenchmarkDotNet.Attributes;
using LpcSite.Markdown;

namespace LpcSite.Benchmarks;

/// <summary>
/// What it costs to turn all Markdown of the example conference into HTML, which the site does once a save.
/// </summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private readonly MarkdownRenderer _renderer = new();
    private string[] _texts = [];

    [GlobalSetup]
    public void ReadExample() =>
        _texts = [
            .. Directory.GetFiles(Example.Folder, "*.md").Select(file => File.ReadAllText(file).Split("\n---\n")[^1]),
        ];

    [Benchmark]
    public int RenderAll() => _texts.Sum(text => _renderer.Render(text, "anchor").Html.Length);
}
