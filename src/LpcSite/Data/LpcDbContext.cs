using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Conferences.Settings;
using LpcSite.Data.Audit;
using LpcSite.Data.Content;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Leads;
using LpcSite.Microconferences.Results;
using LpcSite.Microconferences.Revisions;
using LpcSite.News;
using LpcSite.Nominations;
using LpcSite.People;
using LpcSite.People.Merging;
using LpcSite.People.Pictures;
using LpcSite.Reviews;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Availability;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Scheduling.Stars;
using LpcSite.Sponsors;
using LpcSite.Topics;
using LpcSite.Topics.Speakers;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using NpgsqlTypes;

namespace LpcSite.Data;

/// <summary>The conference's memory. Nothing is deleted unasked: no key cascades but where an entity says so.</summary>
public class LpcDbContext(DbContextOptions<LpcDbContext> options)
    : IdentityUserContext<
        Account,
        int,
        IdentityUserClaim<int>,
        IdentityUserLogin<int>,
        IdentityUserToken<int>,
        IdentityUserPasskey<int>
    >(options),
        IDataProtectionKeyContext
{
    /// <summary>Unicode's own order (UCA): letters before case and accents, the same on every server.</summary>
    public const string TitleOrder = "und-x-icu";

    public DbSet<Conference> Conferences => Set<Conference>();
    public DbSet<ConferencePage> ConferencePages => Set<ConferencePage>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<HalfDay> HalfDays => Set<HalfDay>();
    public DbSet<Slot> Slots => Set<Slot>();
    public DbSet<SessionItem> SessionItems => Set<SessionItem>();
    public DbSet<Release> Releases => Set<Release>();
    public DbSet<ClashReason> AcceptedClashes => Set<ClashReason>();
    public DbSet<Absence> Absences => Set<Absence>();
    public DbSet<Star> Stars => Set<Star>();
    public DbSet<ImportedUid> ImportedUids => Set<ImportedUid>();
    public DbSet<StarFeed> StarFeeds => Set<StarFeed>();
    public DbSet<Microconference> Microconferences => Set<Microconference>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<KeyAttendee> KeyAttendees => Set<KeyAttendee>();
    public DbSet<Topic> Topics => Set<Topic>();
    public DbSet<TopicRevision> TopicRevisions => Set<TopicRevision>();
    public DbSet<TopicDecision> TopicDecisions => Set<TopicDecision>();
    public DbSet<Speaker> Speakers => Set<Speaker>();
    public DbSet<Material> Materials => Set<Material>();
    public DbSet<MaterialChunk> MaterialChunks => Set<MaterialChunk>();
    public DbSet<SlidesReminder> SlidesReminders => Set<SlidesReminder>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<NotDuplicates> Distinctions => Set<NotDuplicates>();
    public DbSet<PersonAlias> PersonAliases => Set<PersonAlias>();
    public DbSet<SponsorTier> SponsorTiers => Set<SponsorTier>();
    public DbSet<Sponsor> Sponsors => Set<Sponsor>();
    public DbSet<Call> Calls => Set<Call>();
    public DbSet<LateLink> LateLinks => Set<LateLink>();
    public DbSet<WorkingText> WorkingTexts => Set<WorkingText>();
    public DbSet<Notes> Notes => Set<Notes>();
    public DbSet<Predecessor> Predecessors => Set<Predecessor>();
    public DbSet<PersonPicture> PersonPictures => Set<PersonPicture>();
    public DbSet<Organizer> Organizers => Set<Organizer>();
    public DbSet<Reviewer> Reviewers => Set<Reviewer>();
    public DbSet<AccountSession> AccountSessions => Set<AccountSession>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<SignInCounter> SignInCounters => Set<SignInCounter>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Nomination> Nominations => Set<Nomination>();
    public DbSet<Allowance> Allowances => Set<Allowance>();
    public DbSet<Decision> Decisions => Set<Decision>();
    public DbSet<Criterion> Criteria => Set<Criterion>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<ConflictOfInterest> ConflictsOfInterest => Set<ConflictOfInterest>();
    public DbSet<Remark> Remarks => Set<Remark>();
    public DbSet<NewsItem> NewsItems => Set<NewsItem>();
    public DbSet<EmailTemplate> LetterTemplates => Set<EmailTemplate>();
    public DbSet<Email> Letters => Set<Email>();
    public DbSet<EmailLimit> LetterLimits => Set<EmailLimit>();
    public DbSet<EmailAttempt> LetterAttempts => Set<EmailAttempt>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<Redirect> Redirects => Set<Redirect>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>What somebody typed, as PostgreSQL searches it; the function stands in Search.sql.</summary>
    public static NpgsqlTsQuery SearchQuery(string query) => throw new NotSupportedException("Translated to SQL.");

    // Passkeys came with the third form of Identity's tables.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Remove<CascadeDeleteConvention>();
        configurationBuilder.Conventions.Add(static _ => new PublicContentConvention());
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasPostgresExtension("btree_gist");
        builder.HasPostgresExtension("citext");
        builder.HasPostgresExtension("pg_trgm");
        builder.HasPostgresExtension("unaccent");
        builder.HasDbFunction(() => SearchQuery("")).HasName("lpc_query").IsBuiltIn(false);
        builder.ApplyConfigurationsFromAssembly(typeof(LpcDbContext).Assembly);
    }
}
