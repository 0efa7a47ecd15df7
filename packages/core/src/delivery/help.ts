import { renderers } from '../reporters/index.js';

/** A line for each reporter, for a help text. */
export const reporterHelp = (): string =>
  [...Object.entries(renderers), ['jsonl', eventLog] as const]
    .map(([name, { description }]) => `  ${name.padEnd(12)} ${description}`)
    .join('\n');

const eventLog = { description: 'for programs: each event as a line of JSON while the run goes on; netaudit analyze reads it' };
