#!/usr/bin/env node
import { failureOf } from './failure.js';
import { createProgram } from './program.js';
import { write } from './write.js';

/** Runs the command line and returns the code to exit with. */
const main = async (argv: readonly string[]): Promise<number> => {
  try {
    const ended = { exitCode: 0 };
    const program = createProgram((exitCode) => {
      ended.exitCode = exitCode;
    });
    await program.parseAsync(argv, { from: 'user' });
    return ended.exitCode;
  } catch (error) {
    const { exitCode, text } = await failureOf(error);
    await write(process.stderr, text).catch(() => undefined);
    return exitCode;
  }
};

process.exit(await main(process.argv.slice(2)));
