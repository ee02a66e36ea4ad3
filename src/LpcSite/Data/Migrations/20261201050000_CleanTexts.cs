using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

/// <summary>
/// Mends what was stored before every text came in by one gate: line ends, control characters and composition, and in
/// titles and names the invisible characters. Whoever saves a form compares what it showed with what is stored, and
/// both have to have passed.
/// </summary>
[DbContext(typeof(LpcDbContext))]
[Migration("20261201050000_CleanTexts")]
public partial class CleanTexts : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Mend);

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        // What is mended stays so: nothing visible was lost.
    }
}
