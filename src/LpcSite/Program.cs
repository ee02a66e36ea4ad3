using LpcSite.Infrastructure;

return await CommandLine.RunAsync(args);
