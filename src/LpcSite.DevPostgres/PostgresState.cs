namespace LpcSite.DevPostgres;

/// <summary>What a running server writes into its postmaster.pid.</summary>
internal sealed record PostgresState(int Pid, string SocketFolder, bool IsReady);
