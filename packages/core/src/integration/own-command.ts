/** The command line of this very process. */
export const ownCommand = (): string[] => [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
