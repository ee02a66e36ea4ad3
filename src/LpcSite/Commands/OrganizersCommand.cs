using System.CommandLine;
using LpcSite.Accounts;
using LpcSite.Web;

namespace LpcSite.Commands;

/// <summary><c>organizers add MAIL</c>, <c>remove MAIL</c>, <c>list</c>: says who organizes.</summary>
internal static class OrganizersCommand
{
    public static Command Create()
    {
        var mail = new Argument<string>("mail") { Description = "The address with which the person signs in." };
        var name = new Option<string?>("--name") { Description = "The name of somebody who has no account yet." };
        var add = new Command(
            "add",
            "Make somebody an organizer; who has no account gets one, and a letter to set its password."
        )
        {
            mail,
            name,
        };
        add.SetAction(
            (parsed, stop) =>
                CommandLine.WithSiteAsync(
                    async (services, stopping) =>
                        Say(
                            await Organizers(services)
                                .AddAsync(
                                    parsed.GetRequiredValue(mail),
                                    parsed.GetValue(name),
                                    Origin(services),
                                    stopping
                                )
                        ),
                    stop
                )
        );
        var remove = new Command("remove", "Somebody is no organizer any more. The account stays.") { mail };
        remove.SetAction(
            (parsed, stop) =>
                CommandLine.WithSiteAsync(
                    async (services, stopping) =>
                        Say(await Organizers(services).RemoveAsync(parsed.GetRequiredValue(mail), stopping)),
                    stop
                )
        );
        var list = new Command("list", "Who organizes.");
        list.SetAction(
            (_, stop) =>
                CommandLine.WithSiteAsync(
                    async (services, stopping) =>
                        Say(
                            string.Join('\n', await Organizers(services).ListAsync(stopping)) is { Length: > 0 } all
                                ? all
                                : "Nobody yet."
                        ),
                    stop
                )
        );
        return new Command("organizers", "Say who organizes the conferences of the site.") { add, remove, list };
    }

    private static Organizers Organizers(IServiceProvider services) => services.GetRequiredService<Organizers>();

    // A command knows no request whose address it could take.
    private static string Origin(IServiceProvider services) => services.GetRequiredService<SiteAddress>().Origin;

    private static int Say(string sentence)
    {
        Console.WriteLine(sentence);
        return 0;
    }
}
