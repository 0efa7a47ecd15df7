import { expect, test } from 'vitest';
import { AllowList } from '../../src/allowlist/allowlist.js';
import { Pipeline } from '../../src/audit/pipeline.js';
import { Findings } from '../../src/findings/findings.js';
import type { Event } from '../../src/model/event.js';
import { findingLevels } from '../../src/model/finding.js';
import { encodeMarker, type MarkerMessage } from '../../src/model/marker.js';
import type { BegunEvent } from '../../src/model/session.js';
import { connectEvent } from '../judged-event.js';

const nonce = '0123456789abcdef0123456789abcdef';
const scope = (id: string) => ({ id, kind: 'test', file: 'a.test.ts', names: [id] }) as const;
const origin = { call: 'w:7', host: 'a.test', site: { file: 'a.ts', line: 1, column: 2, function: null }, package: null };

const mark = (ts: number, ...messages: MarkerMessage[]): Event[] =>
  encodeMarker(nonce, ts, { at: ts, messages }).map((path) => ({ source: 'strace', seq: ts, ts, pid: 1, tid: 1, kind: 'marker', path }));
const born = (ts: number, tid: number, child: number): Event => ({
  source: 'strace',
  seq: ts,
  ts,
  pid: tid,
  tid,
  kind: 'fork',
  child,
  thread: false,
});
const execs = (ts: number, tid: number, file: string): Event => ({
  source: 'strace',
  seq: ts,
  ts,
  pid: tid,
  tid,
  kind: 'exec',
  file,
  argv: [file],
});
const connects = (ts: number, tid: number): Event => ({ ...connectEvent({ pid: tid, ts, seq: ts }), tid });
const open = (id: string, at: number): MarkerMessage[] => [
  { kind: 'scope', scope: scope(id) },
  { kind: 'stamp', scope: id, open: true, at },
];

type Answer = { readonly asked: string; readonly chains: readonly (readonly (number | string)[])[]; readonly begun: readonly BegunEvent[] };

/** What a thread with the test `a` is answered, and what is judged in the end. */
const run = (...events: readonly (Event | readonly Event[])[]) => {
  const answers: Answer[] = [];
  const pipeline = new Pipeline(
    { allowlist: new AllowList(), nonce, keepAll: false, findings: new Findings(findingLevels) },
    {
      onSync: ({ scope: asked }, violations, begun) => {
        const chains = violations.map(({ chain }) => chain.map(({ pid, argv }) => argv?.[0] ?? pid));
        answers.push({ asked, chains, begun });
      },
      onAlert: () => {},
    },
  );
  const all = [...mark(10, { kind: 'hello', worker: 'w' }, ...open('a', 10)), ...events.flat()];
  for (const event of all) pipeline.push(event);
  pipeline.finish();
  return { answers, origins: pipeline.judged.map((judged) => judged.origin) };
};

test('a thread that asks is told when it made each connection itself', () => {
  expect(run(connects(20, 1), mark(30, { kind: 'sync', n: 1, scope: 'a' })).answers).toEqual([
    { asked: 'a', chains: [[1]], begun: [{ seq: 20, begunAt: 20 }] },
  ]);
});

test('of a child it is told when it made the first process on the way down, and which processes those were', () => {
  const events = [execs(11, 1, 'node'), born(20, 1, 2), execs(21, 2, 'sh'), born(22, 2, 3), execs(23, 3, 'curl'), connects(25, 3)];
  const { answers } = run(...events, execs(26, 2, 'later'), mark(30, { kind: 'sync', n: 1, scope: 'a' }));
  expect(answers).toEqual([{ asked: 'a', chains: [['node', 'sh', 'curl']], begun: [{ seq: 25, begunAt: 20 }] }]);
});

test('what it began for another scope is told with the next answer, and once', () => {
  const late = [connects(40, 1), mark(50, { kind: 'sync', n: 2, scope: 'b' }), mark(60, { kind: 'sync', n: 3, scope: 'b' })];
  const { answers } = run(mark(30, { kind: 'sync', n: 1, scope: 'a' }), ...late);
  expect(answers.map(({ begun }) => begun)).toEqual([[], [{ seq: 40, begunAt: 40 }], []]);
});

test('a process that no test thread made was begun by none', () => {
  expect(run(born(5, 7, 8), connects(20, 8), mark(30, { kind: 'sync', n: 1, scope: 'a' })).answers[0]?.begun).toEqual([]);
});

test('an origin belongs to the event that it names, and changes nothing else', () => {
  const { origins } = run(
    connects(20, 1),
    connects(21, 1),
    mark(30, { kind: 'origin', event: 21, origin }, { kind: 'origin', event: 99, origin }),
  );
  expect(origins).toEqual([null, origin]);
});

test('an origin of another form makes its marker a forged one', () => {
  const wrong = { ...origin, site: { file: 1 } } as unknown as typeof origin;
  expect(run(connects(20, 1), mark(30, { kind: 'origin', event: 20, origin: wrong })).origins).toEqual([null]);
});
