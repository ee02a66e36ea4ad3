using System.CommandLine;
using LpcSite.Accounts.SignIn;
using LpcSite.Rules;

namespace LpcSite.Commands;

/// <summary>
/// <c>sessions end MAIL</c>, <c>sessions end --all</c>: signs somebody, or everybody, out on all devices.
/// </summary>
internal static class SessionsCommand
{
    public static Command Create()
    {
        var mail = new Argument<string?>("mail")
        {
            Description = "The address with which the person signs in.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var all = new Option<bool>("--all") { Description = "Everybody." };
        var end = new Command("end", "End the sessions of one account, or of all.") { mail, all };
        end.SetAction(
            (parsed, stop) =>
            {
                if (parsed.GetValue(mail) is null == !parsed.GetValue(all))
                {
                    throw new OperatorException("Name an address, or say --all.");
                }

                return CommandLine.WithSiteAsync(
                    async (services, stopping) =>
                    {
                        var sessions = services.GetRequiredService<AccountSessions>();
                        Console.WriteLine(await sessions.EndAllAsync(parsed.GetValue(mail), stopping));
                        return 0;
                    },
                    stop
                );
            }
        );
        return new Command("sessions", "Say who stays signed in.") { end };
    }
}
