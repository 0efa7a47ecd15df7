import { expect, test } from 'vitest';
import { type BaselineEntry, compareBaseline, entriesAfter, type Report, renderBaseline } from '../../src/index.js';

type Seen = {
  readonly test?: string;
  readonly candidates?: readonly string[];
  readonly host?: string | null;
  readonly addr?: string;
  readonly port?: number;
};

const scope = (name: string) => ({ id: name, kind: 'test', file: 'a.test.ts', names: name.split(' > ') }) as const;

/** A report of a run of tests in a.test.ts. `pid` is in no entry. */
const report = (ran: readonly string[], seen: readonly Seen[], pid = 7): Report => ({
  runId: 'r',
  verdict: 'violations',
  exitCode: 1,
  violations: seen.map(({ test: name, candidates = [], host = null, addr = '203.0.113.10', port = 443 }, index) => ({
    id: `v-0000000${index}`,
    family: addr.includes(':') ? 'AF_INET6' : addr.startsWith('/') ? 'AF_UNIX' : 'AF_INET',
    addr,
    port: addr.startsWith('/') ? null : port,
    count: 1,
    pids: [pid],
    firstTimestamp: 1,
    suggestedRule: null,
    host,
    names: host === null ? [] : [{ name: host, source: 'dns' }],
    attempts: [],
    scopes: [
      {
        scope: name === undefined ? null : scope(name),
        method: 'lineage',
        candidates: candidates.map(scope),
        timing: null,
        count: 1,
        processes: [],
        origins: [],
        ...(host !== null && { hosts: [host] }),
      },
    ],
  })),
  events: [],
  gaps: [],
  command: null,
  coverage: { source: 'strace', tool: null, mode: 'log', uncovered: [], fallbacks: [], events: 1, lines: 1, ignoredLines: 0 },
  leftRunning: [],
  unusedRules: [],
  ran: [{ file: 'a.test.ts', tests: ran }],
});

const entry = (title: string, to: string): BaselineEntry => ({ file: 'a.test.ts', kind: 'test', title, to });
const written = (one: Report): readonly BaselineEntry[] => compareBaseline([], [one]).fresh;

test.each<[string, Seen, BaselineEntry]>([
  ['a name comes before its address', { test: 's > t', host: 'API.example.test.' }, entry('s > t', 'api.example.test:443')],
  ['an address without a name', { test: 't' }, entry('t', '203.0.113.10:443')],
  ['IPv6 is in brackets', { test: 't', addr: '2001:db8::1' }, entry('t', '[2001:db8::1]:443')],
  ['a port that systems hand out is not kept', { test: 't', port: 45_678 }, entry('t', '203.0.113.10:ephemeral')],
  ['the highest port that is kept', { test: 't', port: 32_767 }, entry('t', '203.0.113.10:32767')],
  ['a Unix socket', { test: 't', addr: '/run/x.sock' }, entry('t', 'unix:/run/x.sock')],
  ['what is outside any test', {}, { file: null, kind: 'run', title: '', to: '203.0.113.10:443' }],
])('%s', (_name, seen, expected) => {
  expect(written(report(['t'], [seen], 1))).toEqual([expected]);
  expect(written(report(['t'], [seen], 2))).toEqual([expected]);
});

test('where one of several tests did it, each of them has an entry', () => {
  expect(written(report(['t', 'u'], [{ candidates: ['t', 'u'] }]))).toEqual([
    entry('t', '203.0.113.10:443'),
    entry('u', '203.0.113.10:443'),
  ]);
});

test('of a baseline, what was run and not seen is gone, what was not run stays, what is new is told', () => {
  const [kept, gone, notRun] = [entry('kept', '203.0.113.10:443'), entry('gone', '203.0.113.10:443'), entry('not run', '203.0.113.10:443')];
  const comparison = compareBaseline([kept, gone, notRun], [report(['kept', 'gone'], [{ test: 'kept' }, { test: 'kept', port: 80 }])]);
  expect(comparison).toEqual({ fresh: [entry('kept', '203.0.113.10:80')], known: [kept], gone: [gone], notRun: [notRun] });
  expect(entriesAfter(comparison, { accepted: false, pruned: 'no' })).toEqual([kept, gone, notRun]);
  expect(entriesAfter(comparison, { accepted: false, pruned: 'gone' })).toEqual([kept, notRun]);
  expect(entriesAfter(comparison, { accepted: true, pruned: 'all' })).toEqual([kept, entry('kept', '203.0.113.10:80')]);
});

test('pruning twice changes nothing', () => {
  const reports = [report(['t', 'u'], [{ test: 't' }])];
  const once = entriesAfter(compareBaseline([entry('t', '203.0.113.10:443'), entry('u', '203.0.113.10:443')], reports), {
    accepted: false,
    pruned: 'gone',
  });
  const twice = entriesAfter(compareBaseline(once, reports), { accepted: false, pruned: 'gone' });
  expect(once).toHaveLength(1);
  expect(renderBaseline(twice)).toBe(renderBaseline(once));
});

test('of several runs or shards, what one of them saw is not gone', () => {
  const entries = [entry('t', '203.0.113.10:443'), entry('u', '203.0.113.10:443')];
  const comparison = compareBaseline(entries, [report(['t'], [{ test: 't' }]), report(['t', 'u'], [])]);
  expect(comparison).toMatchObject({ known: [entries[0]], gone: [entries[1]], notRun: [], fresh: [] });
});

test('what is known in a report that a baseline was used for is seen, too', () => {
  const seen = report(['t'], [{ test: 't' }]);
  const { violations, ...rest } = seen;
  const withBaseline = { ...rest, violations: [], baseline: { file: 'b', known: violations, gone: [], notRun: [] } };
  expect(compareBaseline(written(seen), [withBaseline])).toMatchObject({ fresh: [], gone: [] });
});

test('where a report does not say what was run, nothing is gone', () => {
  const { ran: _, ...unknown } = report(['t'], []);
  expect(compareBaseline([entry('t', '203.0.113.10:443')], [unknown])).toMatchObject({
    gone: [],
    notRun: [entry('t', '203.0.113.10:443')],
  });
});
