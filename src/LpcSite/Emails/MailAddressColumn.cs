using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Emails;

/// <summary>
/// A column of mail addresses. PostgreSQL compares them without case (its type citext), so that no question, index or
/// deletion can forget to. The type has no length of its own: <see cref="MailAddress"/> keeps it.
/// </summary>
internal static class MailAddressColumn
{
    public static PropertyBuilder<T> IsMailAddress<T>(this PropertyBuilder<T> property) =>
        property.HasColumnType("citext");
}
