using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What earlier versions kept of accounts and this one does not.
public partial class AccountSessions
{
    // Accounts whose address nobody proved were registrations under way, whose password may be a stranger's: their owners register again. The
    // recovery codes were kept as they are typed; they cannot be hashed here, and whoever has a second step makes new ones.
    private static void ForgetWhatIsNotKeptAnyMore(MigrationBuilder migration) => migration.Sql(
        """
        DELETE FROM account_tokens WHERE user_id IN (SELECT id FROM accounts WHERE NOT email_confirmed);
        DELETE FROM account_claims WHERE user_id IN (SELECT id FROM accounts WHERE NOT email_confirmed);
        DELETE FROM account_logins WHERE user_id IN (SELECT id FROM accounts WHERE NOT email_confirmed);
        DELETE FROM account_passkeys WHERE user_id IN (SELECT id FROM accounts WHERE NOT email_confirmed);
        DELETE FROM accounts WHERE NOT email_confirmed;
        DELETE FROM account_tokens WHERE login_provider = '[AspNetUserStore]' AND name = 'RecoveryCodes';
        """);
}
