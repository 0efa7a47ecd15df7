import { type BaselineEntry, entryKey } from '../model/baseline.js';
import type { ScopeKind } from '../model/scope.js';
import { quoted } from '../yaml/quoted.js';

/**
 * The text of a baseline file: YAML with one entry a line, each complete by itself and in a fixed order, so that two branches which take
 * different lines away, or add some, merge.
 */
export const renderBaseline = (entries: readonly BaselineEntry[]): string => {
  const lines = [...new Set(sorted(entries).map(lineOf))].map((line) => `  - ${line}\n`);
  return `${HEAD}${lines.length === 0 ? 'known: []\n' : `known:\n${lines.join('')}`}`;
};

const sorted = (entries: readonly BaselineEntry[]): BaselineEntry[] =>
  entries
    .map((entry) => ({ entry, key: entryKey(entry) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ entry }) => entry);

const lineOf = ({ project, file, kind, title, to }: BaselineEntry): string => {
  const fields: [string, string][] = [
    ...(file === null ? [] : [['file', file] satisfies [string, string]]),
    ...(project ? [['project', project] satisfies [string, string]] : []),
    ...(kind === 'test' || kind === 'suite'
      ? [[titleKeys[kind], title] satisfies [string, string]]
      : [['during', kind] satisfies [string, string]]),
    ['to', to],
  ];
  return `{ ${fields.map(([key, value]) => `${key}: ${quoted(value)}`).join(', ')} }`;
};

/** The key under which a title stands. */
const titleKeys = { test: 'test', suite: 'hooks' } as const satisfies Partial<Record<ScopeKind, string>>;

const HEAD = `# netaudit: violations that are known and do not fail the run. This list may only shrink:
# \`netaudit baseline --prune REPORT\` takes out what is gone; what is new fails until it is fixed.
version: 1
`;
