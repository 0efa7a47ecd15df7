import { NetauditError } from '../model/error.js';
import { type Shard, shardOf } from '../model/shard.js';
import type { ReadReport } from './read.js';

/**
 * The reports in the order of their shards, and what is missing, one sentence each. `expected`: how many there have to be, where the user says.
 * Throws USAGE where a run or a shard is there twice, where they are shards of different runs, and where there are too many.
 */
export const orderShards = (
  reports: readonly ReadReport[],
  expected: number | null,
): { readonly reports: readonly ReadReport[]; readonly missing: readonly string[] } => {
  refuseTwice(reports, ({ report }) => report.runId, 'the same run');
  const shards = reports.map((read) => ({ read, shard: shardOf(read.report) }));
  const named = shards.filter((each): each is typeof each & { readonly shard: Shard } => each.shard !== null);
  refuseTwice(named, ({ shard: { index, count } }) => `${index}/${count}`, 'the same shard');
  const counts = new Set([...named.map(({ shard }) => shard.count), ...(expected === null ? [] : [expected])]);
  if (counts.size > 1) throw usage(`the reports are of ${[...counts].join(' and of ')} shards`, 'merge the shards of one run');
  const [count = null] = counts;
  if (count !== null && reports.length > count)
    throw usage(`there are ${reports.length} reports of ${count} shards`, 'leave out what is no shard');
  const ordered = shards.toSorted((one, other) => (one.shard?.index ?? 0) - (other.shard?.index ?? 0)).map(({ read }) => read);
  return { reports: ordered, missing: count === null ? [] : missingOf(named, count, reports.length) };
};

const missingOf = (named: readonly { readonly shard: Shard }[], count: number, given: number): string[] => {
  if (given === count) return [];
  if (named.length < given) return [`${count - given} of ${count} shards ${count - given === 1 ? 'is' : 'are'} missing`];
  const present = new Set(named.map(({ shard }) => shard.index));
  const absent = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !present.has(index));
  return absent.map((index) => `shard ${index} of ${count} is missing`);
};

const refuseTwice = <Item extends { readonly file: string } | { readonly read: ReadReport }>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  what: string,
): void => {
  const first = new Map<string, Item>();
  for (const item of items) {
    const other = first.get(keyOf(item));
    if (other) throw usage(`${fileOf(other)} and ${fileOf(item)} are reports of ${what}`, 'leave one of them out');
    first.set(keyOf(item), item);
  }
};

const fileOf = (item: { readonly file: string } | { readonly read: ReadReport }): string => ('read' in item ? item.read.file : item.file);

const usage = (found: string, fix: string): NetauditError => new NetauditError('USAGE', { found, fix });
