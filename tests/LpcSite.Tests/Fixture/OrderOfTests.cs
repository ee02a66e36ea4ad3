using System.Security.Cryptography;
using System.Text;
using LpcSite.Tests.Fixture;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestMethodOrderer(typeof(OrderOfTests))]
[assembly: TestCaseOrderer(typeof(OrderOfTests))]

namespace LpcSite.Tests.Fixture;

/// <summary>
/// Tests of a class share its database, and run in an order that has nothing to do with what they mean but is the same on every machine:
/// by default the runner's order depends on where the assembly lies, so that a test which leans on another fails elsewhere first.
/// <c>LPCSITE_TEST_ORDER</c> takes any text and gives another order, to look for such tests.
/// </summary>
public sealed class OrderOfTests : ITestMethodOrderer, ITestCaseOrderer
{
    private static readonly string Salt = Environment.GetEnvironmentVariable("LPCSITE_TEST_ORDER") ?? "";

    public IReadOnlyCollection<TTestMethod?> OrderTestMethods<TTestMethod>(IReadOnlyCollection<TTestMethod?> testMethods)
        where TTestMethod : notnull, ITestMethod => [.. testMethods.OrderBy(method => Place(method?.MethodName ?? ""), StringComparer.Ordinal)];

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase => [.. testCases.OrderBy(test => Place(test.TestCaseDisplayName), StringComparer.Ordinal)];

    private static string Place(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Salt + name)));
}
