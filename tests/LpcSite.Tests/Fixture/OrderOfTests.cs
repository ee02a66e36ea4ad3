using System.Security.Cryptography;
using System.Text;
using LpcSite.Tests.Fixture;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(OrderOfTests))]
[assembly: TestMethodOrderer(typeof(OrderOfTests))]
[assembly: TestCaseOrderer(typeof(OrderOfTests))]

namespace LpcSite.Tests.Fixture;

/// <summary>
/// Tests of a class share its database, and run in an order that has nothing to do with what they mean but is the same
/// on every machine: by default the runner's order depends on where the assembly lies, so that a test which leans on
/// another fails elsewhere first. <c>LPCSITE_TEST_ORDER</c> takes any text and gives another order, to look for such
/// tests. The class that takes two minutes begins first, so that nothing waits for it at the end.
/// </summary>
public sealed class OrderOfTests : ITestCollectionOrderer, ITestMethodOrderer, ITestCaseOrderer
{
    private const string Longest = "KilledSiteTests";

    private static readonly string Salt = Environment.GetEnvironmentVariable("LPCSITE_TEST_ORDER") ?? "";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [
            .. testCollections
                .OrderBy(tests => !Name(tests).Contains(Longest, StringComparison.Ordinal))
                .ThenBy(tests => Place(Name(tests)), StringComparer.Ordinal),
        ];

    public IReadOnlyCollection<TTestMethod?> OrderTestMethods<TTestMethod>(
        IReadOnlyCollection<TTestMethod?> testMethods
    )
        where TTestMethod : notnull, ITestMethod =>
        [.. testMethods.OrderBy(method => Place(method?.MethodName ?? ""), StringComparer.Ordinal)];

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => Place(test.TestCaseDisplayName), StringComparer.Ordinal)];

    // What follows the name of a class is a number that the runner makes of the assembly's place.
    private static string Name(ITestCollection tests) => tests.TestCollectionDisplayName.Split(" (id", 2)[0];

    private static string Place(string name) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Salt + name)));
}
