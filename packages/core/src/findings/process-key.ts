import type { ProcessInfo } from '../model/report.js';

/** The same text for the same process while it runs the same program. */
export const processKey = ({ pid, argv }: ProcessInfo): string => {
  const known = keys.get(pid);
  if (known !== undefined && known.argv === argv) return known.key;
  const key = JSON.stringify([pid, argv]);
  if (keys.size >= mostKeys) keys.clear();
  if (key.length < longestKept) keys.set(pid, { argv, key });
  return key;
};

/** Those of the last processes: they come again and again. */
const keys = new Map<number, { readonly argv: ProcessInfo['argv']; readonly key: string }>();
const mostKeys = 512;
const longestKept = 2000;
