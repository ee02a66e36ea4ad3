using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What PostgreSQL decides or computes and EF cannot express. It stands in the folder of this migration, a file for each
// area; Up and Down, which are generated, call the three methods.
public partial class Initial
{
    private static void BeforeTheTables(MigrationBuilder migration) => Run(migration, "Search", "Installation");

    private static void AfterTheTables(MigrationBuilder migration) =>
        Run(migration, "Content", "Schedule", "Draft", "Materials", "Audit");

    private static void AfterTheTablesAreDropped(MigrationBuilder migration) => Run(migration, "Drop");

    private static void Run(MigrationBuilder migration, params string[] files)
    {
        foreach (var file in files)
        {
            using var stream = typeof(Initial).Assembly.GetManifestResourceStream($"Initial.{file}.sql");
            using var reader = new StreamReader(stream!);
            migration.Sql(reader.ReadToEnd());
        }
    }
}
