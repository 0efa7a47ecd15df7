import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { binFolder, root } from './paths.mjs';
import { run } from './run.mjs';
import { Stop } from './steps.mjs';

/**
 * Gives the reader of traces made-up and damaged traces for a time. A failure prints the smallest one that was found, with a seed and a path;
 * `--seed SEED/PATH` makes the same one again. Returns the exit code.
 */
export async function fuzzTask(env, args) {
  const { seconds, seed } = fuzzOptions(args);
  const words = ['run', 'test/strace/fuzz.test.ts', 'test/strace/shortcut.test.ts'];
  const settings = { NETAUDIT_FUZZ_SECONDS: String(seconds), NETAUDIT_FUZZ_SEED: seed };
  const { code } = await run(join(binFolder, 'vitest'), words, { cwd: join(root, 'packages/core'), env: { ...env, ...settings } });
  return code;
}

/** How long in all, and the seed, empty for others each time. Throws Stop for what is none. */
export function fuzzOptions(args) {
  const { seconds, seed } = parsed(args);
  if (!/^\d{1,6}(\.\d+)?$/.test(seconds) || Number(seconds) === 0) throw new Stop(`--seconds takes a number above 0, not '${seconds}'`);
  if (!/^(-?\d+(\/[\d:]+)?)?$/.test(seed)) throw new Stop(`--seed takes SEED or SEED/PATH, as a failure prints them, not '${seed}'`);
  return { seconds: Number(seconds), seed };
}

function parsed(args) {
  try {
    const options = { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '' } };
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Stop(`fuzz takes --seconds N and --seed SEED/PATH: ${error.message}`);
  }
}
