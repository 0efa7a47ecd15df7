import type { Report } from './report.js';

/** Which part of a suite a run was, from 1. */
export type Shard = { readonly index: number; readonly count: number };

/** The shard that the command line of a run names: `--shard=1/3` of Vitest and Jest, `--test-shard=1/3` of Node; null when it names none. */
export const shardOf = ({ command }: Pick<Report, 'command'>): Shard | null => {
  const words = command?.argv ?? [];
  for (const [at, word] of words.entries()) {
    const [, attached] = /^--(?:test-)?shard(?:=(.*))?$/s.exec(word) ?? [];
    const value = attached ?? (/^--(?:test-)?shard$/.test(word) ? words[at + 1] : undefined);
    const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(value ?? '') ?? [];
    if (index !== undefined && Number(index) <= Number(count)) return { index: Number(index), count: Number(count) };
  }
  return null;
};
