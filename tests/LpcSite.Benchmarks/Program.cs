using BenchmarkDotNet.Running;
using LpcSite.Benchmarks;

// dotnet run -c Release --project tests/LpcSite.Benchmarks            pages, cached and not, beside a bare endpoint
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- render  the Markdown of all microconferences
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- rush two hundred leads who save in the last minute of a
// call
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- desk every page of an organizer, with 300 proposals and
// 3,000 reviews
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- leads every page of a lead, with 17 microconferences of
// 40 topics
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- files a thousand slides of 10 MB, there and back, and the
// memory that they take
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- together two organizers and three leads who change the
// schedule for a minute
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- hundredfold public pages alone and among a hundredfold of
// data
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- bounds what pages of the largest conference wait for,
// each within its time
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- weight what a first visit of each public page sends over
// the wire
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- lighthouse the performance that Lighthouse gives two
// pages on a phone
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- enumeration addresses with an account and without one, by
// the clock
// dotnet run -c Release --project tests/LpcSite.Benchmarks -- hits how many readers of a page find it kept while leads
// save in another conference, and in its own
switch (args)
{
    case ["bare", var address, var body]:
        await BareEndpoint.RunAsync(address, body);
        return 0;
    case ["render", .. var rest]:
        BenchmarkRunner.Run<RenderBenchmarks>(args: rest);
        return 0;
    case ["rush"]:
        return await Rush.RunAsync();
    case ["desk"]:
        return await Desk.RunAsync();
    case ["leads"]:
        return await LeadDesk.RunAsync();
    case ["together"]:
        return await Together.RunAsync();
    case ["hundredfold"]:
        return await Hundredfold.RunAsync();
    case ["enumeration"]:
        return await Enumeration.RunAsync();
    case ["hits"]:
        return await Hits.RunAsync();
    case ["files"]:
        return await Files.RunAsync();
    case ["bounds"]:
        return Bounds.Run();
    case ["weight"]:
        return await Weight.RunAsync();
    case ["lighthouse"]:
        return await Lighthouse.RunAsync();
    case [] or ["pages"]:
        return await PageRatios.RunAsync();
    default:
        Console.Error.WriteLine(
            "Say nothing, 'pages', 'render', 'rush', 'desk', 'leads', 'files', 'together', 'hundredfold', "
                + "'enumeration', 'hits', 'bounds', 'weight' or 'lighthouse'."
        );
        return 1;
}
