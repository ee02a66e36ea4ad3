using LpcSite.Emails;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Accounts.Invitations;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("invitations");
        invitation
            .Property(i => i.Kind)
            .HasConversion<string>()
            .HasMaxLength(20)
            .HasDefaultValue(InvitationKind.Account);
        invitation.Property(i => i.Mail).IsMailAddress();
        invitation.Property(i => i.RowVersion).IsRowVersion();
        invitation.Property(i => i.KeyDigest).HasMaxLength(64);
        invitation.HasIndex(i => i.KeyDigest).IsUnique();
        invitation.HasOne(i => i.Letter).WithMany().HasForeignKey(i => i.LetterId).OnDelete(DeleteBehavior.SetNull);
        invitation.HasOne(i => i.Person).WithMany().HasForeignKey(i => i.PersonId);
        invitation.HasOne(i => i.InvitedBy).WithMany().HasForeignKey(i => i.InvitedById);
        invitation.HasOne(i => i.Microconference).WithMany().HasForeignKey(i => i.MicroconferenceId);
        invitation.HasOne(i => i.Topic).WithMany().HasForeignKey(i => i.TopicId);

        // Two who invite the same person to the same at once send one letter.
        invitation
            .HasIndex(i => new
            {
                i.Kind,
                i.MicroconferenceId,
                i.TopicId,
                i.PersonId,
            })
            .IsUnique()
            .AreNullsDistinct(false)
            .HasFilter("accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL");
    }
}
