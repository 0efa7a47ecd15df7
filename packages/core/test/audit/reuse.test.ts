import { describe, expect, test } from 'vitest';
import { AllowList } from '../../src/allowlist/allowlist.js';
import { Pipeline } from '../../src/audit/pipeline.js';
import { Findings } from '../../src/findings/findings.js';
import { groupViolations } from '../../src/findings/violations.js';
import type { Event } from '../../src/model/event.js';
import { findingLevels } from '../../src/model/finding.js';
import { encodeMarker, type MarkerMessage } from '../../src/model/marker.js';
import { connectEvent } from '../judged-event.js';

const nonce = '0123456789abcdef0123456789abcdef';

const mark = (ts: number, messages: readonly MarkerMessage[]): Event[] =>
  encodeMarker(nonce, ts, { at: ts, messages }).map((path) => ({ source: 'test', seq: ts, ts, pid: 1, tid: 1, kind: 'marker', path }));

const stamp = (scope: string, open: boolean, at: number): MarkerMessage => ({ kind: 'stamp', scope, open, at });
const use = (scope: string, from: number, to: number): MarkerMessage => ({ kind: 'use', scope, from, to });

/** Test a connects at 20 and 25, then b and c run. */
const opened = (to: string): Event[] => [
  ...mark(10, [
    { kind: 'hello', worker: 'w' },
    ...['a', 'b', 'c'].map((id): MarkerMessage => ({ kind: 'scope', scope: { id, kind: 'test', file: null, names: [id] } })),
    stamp('a', true, 9),
  ]),
  connectEvent({ to: ['AF_INET', to, 443], pid: 1, ts: 20, seq: 20 }),
  connectEvent({ to: ['AF_INET', '203.0.113.2', 443], pid: 1, ts: 25, seq: 25 }),
];

/** For each violation its owner, and who else used it. */
const seen = (events: readonly Event[]): string[] => {
  const pipeline = new Pipeline({ allowlist: new AllowList(), nonce, keepAll: false, findings: new Findings(findingLevels) }, null);
  for (const event of events) pipeline.push(event);
  pipeline.finish();
  return groupViolations(pipeline.judged, () => null).flatMap(({ addr, scopes }) =>
    scopes.map(({ scope, usedBy }) => [addr, scope?.id, ...(usedBy ?? []).map(({ id }) => id)].join(' ')),
  );
};

describe('a connection that was opened in one test and used in another', () => {
  test('names both, when it is told in one batch', () => {
    const told = mark(50, [stamp('a', false, 30), stamp('b', true, 31), use('b', 19.5, 20.5), stamp('b', false, 40)]);
    expect(seen([...opened('203.0.113.1'), ...told])).toEqual(['203.0.113.1 a b', '203.0.113.2 a']);
  });

  test('names all, also when it was charged and its test was answered before', () => {
    const answered = mark(32, [stamp('a', false, 30), { kind: 'sync', n: 1, scope: 'a' }]);
    const told = mark(60, [stamp('b', true, 33), use('b', 19.5, 20.5), use('c', 19.5, 20.5), use('b', 24.5, 25.5)]);
    expect(seen([...opened('203.0.113.1'), ...answered, ...told])).toEqual(['203.0.113.1 a b c', '203.0.113.2 a b']);
  });

  test('names nobody where the destination is allowed, or the user is the owner', () => {
    const told = mark(50, [stamp('a', false, 30), use('b', 19.5, 20.5), use('a', 24.5, 25.5)]);
    expect(seen([...opened('127.0.0.1'), ...told])).toEqual(['203.0.113.2 a']);
  });

  test('names nobody that is not known, or by a time at which nothing was opened', () => {
    const told = mark(50, [stamp('a', false, 30), use('x', 19.5, 20.5), use('b', 20.5, 24.5)]);
    expect(seen([...opened('203.0.113.1'), ...told])).toEqual(['203.0.113.1 a', '203.0.113.2 a']);
  });
});
