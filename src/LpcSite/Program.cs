using LpcSite.Commands;

return await CommandLine.RunAsync(args);
