using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Accounts.SignIn;

internal sealed class SignInCounterConfiguration : IEntityTypeConfiguration<SignInCounter>
{
    public void Configure(EntityTypeBuilder<SignInCounter> counter)
    {
        counter.ToTable("sign_in_counters");
        counter.HasKey(c => c.Key);
        counter.Property(c => c.Key).HasMaxLength(SignInCounter.KeyLength);
        counter.HasIndex(c => c.EndsAt);
    }
}
