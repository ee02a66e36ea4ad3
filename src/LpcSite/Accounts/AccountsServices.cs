using LpcSite.Accounts.Invitations;
using LpcSite.Accounts.Privacy;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;

namespace LpcSite.Accounts;

/// <summary>The use cases of accounts, as the site is put together of them.</summary>
internal static class AccountsServices
{
    public static void AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSignIn(configuration);
        services.AddExternalSignIn(configuration);
        services.AddSingleton<RegistrationLinks>();
        services.AddSingleton<KnownDevice>();
        services.AddScoped<SignInLimits>();
        services.AddScoped<AccountSessions>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<OwnerProof>();
        services.AddScoped<Registration>();
        services.AddScoped<Passwords>();
        services.AddScoped<Passkeys>();
        services.AddScoped<ExternalLogins>();
        services.AddScoped<TwoFactor>();
        services.AddScoped<AccountExport>();
        services.AddScoped<Erasure>();
        services.AddScoped<PersonInvitations>();
        services.AddScoped<Organizers>();
        services.AddScoped<ExampleAccounts>();
    }
}
