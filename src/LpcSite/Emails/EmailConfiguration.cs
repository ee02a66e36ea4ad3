using LpcSite.Conferences;
using LpcSite.Decisions;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Emails;

internal sealed class EmailConfiguration
    : IEntityTypeConfiguration<Email>,
        IEntityTypeConfiguration<EmailAttempt>,
        IEntityTypeConfiguration<EmailLimit>
{
    public void Configure(EntityTypeBuilder<Email> letter)
    {
        letter.ToTable("letters");
        letter.Property(l => l.ToName).HasMaxLength(Email.NameMaxLength);
        letter.Property(l => l.ToAddress).IsMailAddress();
        letter.Property(l => l.Subject).HasMaxLength(Email.SubjectMaxLength);
        letter.Property(l => l.Thread).HasMaxLength(Email.ThreadMaxLength);
        letter.Property(l => l.Problem).HasMaxLength(Email.ProblemMaxLength);
        letter.Property(l => l.State).HasConversion<string>().HasMaxLength(20);
        letter.HasIndex(l => l.Reference).IsUnique();
        letter.HasIndex(l => new
        {
            l.Thread,
            l.ToAddress,
            l.Id,
        });
        letter
            .HasIndex(l => new { l.IsUrgent, l.DueAt })
            .IsDescending(true, false)
            .HasFilter("state IN ('Waiting', 'Sending')")
            .HasDatabaseName("ix_letters_due");
        letter
            .HasIndex(l => new { l.PersonId, l.DueAt })
            .HasFilter("state = 'Gathered'")
            .HasDatabaseName("ix_letters_gathered");
        letter.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId);
        letter.HasOne<Conference>().WithMany().HasForeignKey(l => l.ConferenceId);
        letter.HasOne<Decision>().WithMany().HasForeignKey(l => l.DecisionId);
        letter.Property(l => l.AnswersToName).HasMaxLength(Email.NameMaxLength);
        letter.Property(l => l.AnswersTo).IsMailAddress();
        letter.HasIndex(l => l.MicroconferenceId);
        letter
            .HasIndex(l => new { l.MicroconferenceId, l.Id })
            .HasFilter("is_of_leads")
            .HasDatabaseName("ix_letters_of_leads");
        letter.HasOne<TopicDecision>().WithMany().HasForeignKey(l => l.TopicDecisionId);
        letter.HasOne<Microconference>().WithMany().HasForeignKey(l => l.MicroconferenceId);
    }

    public void Configure(EntityTypeBuilder<EmailLimit> limit)
    {
        limit.ToTable("letter_limits");
        limit.HasKey(l => new { l.Kind, l.Key });
        limit.Property(l => l.Kind).HasConversion<string>().HasMaxLength(20);
        limit.Property(l => l.Key).HasMaxLength(EmailLimit.KeyMaxLength);
        limit.HasIndex(l => l.FullAt);
    }

    public void Configure(EntityTypeBuilder<EmailAttempt> attempt)
    {
        attempt.ToTable("letter_attempts");
        attempt.Property(a => a.Outcome).HasConversion<string>().HasMaxLength(20);
        attempt.Property(a => a.Answer).HasMaxLength(Email.ProblemMaxLength);
        attempt.HasOne<Email>().WithMany().HasForeignKey(a => a.LetterId);
    }
}
