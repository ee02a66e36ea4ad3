using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LpcSite.Tests.Fixture;

/// <summary>
/// Writes down every statement that the site sends to its database for whoever asks it something; not what it looks
/// after by itself meanwhile.
/// </summary>
public sealed class SqlStatements : DbCommandInterceptor
{
    private static readonly AsyncLocal<bool> IsAside = new();

    private readonly ConcurrentQueue<string> _texts = new();

    /// <summary>Whether what is going on is nobody's request, as <see cref="Aside"/> says.</summary>
    public static bool GoesOnByItself => IsAside.Value;

    public IReadOnlyCollection<string> Texts => _texts;

    public void Clear() => _texts.Clear();

    /// <summary>
    /// Starts what goes on by itself, such as reminders that look every now and then whether they are due: a test that
    /// counts would count them too.
    /// </summary>
    public static T Aside<T>(Func<T> start)
    {
        IsAside.Value = true;
        try
        {
            return start();
        }
        finally
        {
            IsAside.Value = false;
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        WriteDown(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    )
    {
        WriteDown(command);
        return new(result);
    }

    private void WriteDown(DbCommand command)
    {
        if (!IsAside.Value)
        {
            _texts.Enqueue(command.CommandText);
        }
    }
}
