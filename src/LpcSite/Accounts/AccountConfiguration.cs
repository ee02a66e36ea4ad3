using LpcSite.Emails;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Accounts;

internal sealed class AccountConfiguration
    : IEntityTypeConfiguration<Account>,
        IEntityTypeConfiguration<IdentityUserClaim<int>>,
        IEntityTypeConfiguration<IdentityUserLogin<int>>,
        IEntityTypeConfiguration<IdentityUserToken<int>>,
        IEntityTypeConfiguration<IdentityUserPasskey<int>>
{
    // Web Authentication, section 4: a credential id has at most 1023 bytes.
    private const int CredentialIdMaxLength = 1024;

    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("accounts");
        account.Property(a => a.Email).IsMailAddress();
        account.HasIndex(a => a.PersonId).IsUnique();
        account.HasOne(a => a.Person).WithOne().HasForeignKey<Account>(a => a.PersonId);

        // Identity writes whole rows, and would bring an older number back that it read before: only the statement that
        // takes a code writes it.
        account.Property(a => a.LastCodeStep).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);

        // Identity only warns of a second account with the same address; the database refuses it.
        account.HasIndex(a => a.NormalizedEmail).HasDatabaseName("ix_accounts_normalized_email").IsUnique();
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<int>> claim) => claim.ToTable("account_claims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<int>> login) => login.ToTable("account_logins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<int>> token) => token.ToTable("account_tokens");

    // Spelled out, since Identity does so only where it finds its options beside the context, which commands and
    // migrations do not have.
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<int>> passkey)
    {
        passkey.ToTable("account_passkeys");
        passkey.HasKey(p => p.CredentialId);
        passkey.Property(p => p.CredentialId).HasMaxLength(CredentialIdMaxLength);
        passkey.OwnsOne(p => p.Data).ToJson("data");
        passkey.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
