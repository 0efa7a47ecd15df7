import { describe, expect, it } from 'vitest';
import { Pipeline } from '../../src/audit/pipeline.js';
import { buildReport } from '../../src/audit/report.js';
import { Findings } from '../../src/findings/findings.js';
import { AllowList, type Report } from '../../src/index.js';
import type { ConnectEvent, Event } from '../../src/model/event.js';
import { findingLevels } from '../../src/model/finding.js';
import { encodeMarker, type MarkerMessage } from '../../src/model/marker.js';
import type { StatedPermission } from '../../src/model/permission.js';
import type { Scope } from '../../src/model/scope.js';
import { createStraceDecoder } from '../../src/sources/strace/decoder.js';

const nonce = '0123456789abcdef0123456789abcdef';
const at = (ts: number, tid = 1) => ({ source: 'test', seq: ts, ts, pid: tid, tid });
const connect = (ts: number, addr = '203.0.113.10', tid = 1): ConnectEvent => ({
  ...at(ts, tid),
  ...{ kind: 'connect', family: 'AF_INET', addr, port: 443, transport: 'tcp', timestamp: ts, result: 0, rawLine: '' },
});
const mark = (ts: number, ...messages: readonly MarkerMessage[]): Event[] =>
  encodeMarker(nonce, ts, { at: ts, messages }).map((path) => ({ ...at(ts), kind: 'marker', path }));
const hello = mark(1, { kind: 'hello', worker: 'w' });

const stated = (target: string, place = 'a.test.ts:1:4', reason = 'why'): StatedPermission => ({
  target,
  reason,
  at: place,
  covers: 'test',
});
const open = (id: string, ts: number, permissions: readonly StatedPermission[] = [], kind: Scope['kind'] = 'test'): MarkerMessage[] => [
  { kind: 'scope', scope: { id, kind, file: 'a.test.ts', names: [id] } },
  { kind: 'permit', scope: id, permissions },
  { kind: 'stamp', scope: id, open: true, at: ts },
];
const close = (id: string, ts: number): MarkerMessage => ({ kind: 'stamp', scope: id, open: false, at: ts });

type Events = readonly (Event | readonly Event[])[];

const readTrace = (events: Events) => {
  const pipeline = new Pipeline({ allowlist: new AllowList(), nonce, keepAll: true, findings: new Findings(findingLevels) }, null);
  for (const event of events.flat()) pipeline.push(event);
  pipeline.finish();
  return { pipeline, decoder: createStraceDecoder(), sha256: () => null };
};

/** Of one trace or several. */
const reportOf = (...traces: readonly Events[]): Report => {
  const coverage = { source: 'test', tool: null, fallbacks: [], mode: 'command', uncovered: [] } as const;
  return buildReport(traces.map(readTrace), {
    allowlist: new AllowList(),
    findings: new Findings(findingLevels),
    command: null,
    coverage,
    leftRunning: [],
    mode: 'fail',
    started: 0,
  });
};
const statuses = (report: Report): string[] => report.events.map(({ event, status }) => `${event.ts} ${status}`);
const uses = (report: Report): string[] => (report.inlinePermissions ?? []).map(({ target, used }) => `${target} ${used}`);

describe('an inline permission', () => {
  it('allows what its test does, is named as the rule, and leaves the event in the report', () => {
    const report = reportOf([hello, connect(20), mark(30, ...open('a', 10, [stated('203.0.113.10:443')]))]);
    expect(report.verdict).toBe('clean');
    expect(report.events.map(({ rule }) => rule)).toEqual(['inline: why (a.test.ts:1:4)']);
    expect(report.inlinePermissions).toMatchObject([{ target: '203.0.113.10:443', used: 1, usedBy: [{ id: 'a' }] }]);
  });

  it('allows nothing to the next test', () => {
    const messages = [...open('a', 10, [stated('203.0.113.10:443')]), close('a', 15), ...open('b', 18)];
    const report = reportOf([hello, connect(12), connect(20), mark(30, ...messages)]);
    expect(statuses(report)).toEqual(['12 allowed', '20 violation']);
  });

  it('allows what several tests may have done only when each of them has one', () => {
    const one = [...open('a', 10, [stated('203.0.113.10:443')]), ...open('b', 11)];
    const both = [...open('a', 10, [stated('203.0.113.10:443')]), ...open('b', 11, [stated('203.0.113.0/24:*', 'a.test.ts:9:4')])];
    expect(statuses(reportOf([hello, connect(20), mark(30, ...one)]))).toEqual(['20 violation']);
    const report = reportOf([hello, connect(20), mark(30, ...both)]);
    expect(statuses(report)).toEqual(['20 allowed']);
    expect(uses(report)).toEqual(['203.0.113.10:443 1', '203.0.113.0/24:* 1']);
  });

  it('allows a child what its test may', () => {
    const fork: Event = { ...at(20), kind: 'fork', child: 2, thread: false };
    const report = reportOf([hello, fork, connect(25, '203.0.113.10', 2), mark(30, ...open('a', 10, [stated('203.0.113.10:443')]))]);
    expect(statuses(report)).toEqual(['25 allowed']);
  });

  it('by name allows the addresses that the same process looked up', () => {
    const resolved: MarkerMessage = { kind: 'resolved', name: 'api.example.com', addresses: ['203.0.113.10'], at: 0 };
    const fork: Event = { ...at(20), kind: 'fork', child: 2, thread: false };
    const messages = [...open('a', 10, [stated('api.example.com:443')]), resolved];
    const report = reportOf([
      ...[hello, fork, connect(21), connect(22, '203.0.113.11'), connect(23, '203.0.113.10', 2)],
      mark(30, ...messages),
    ]);
    expect(statuses(report).sort()).toEqual(['21 allowed', '22 violation', '23 violation']);
  });

  it('that the allowlist makes needless is unused', () => {
    const report = reportOf([hello, connect(20, '127.0.0.1'), mark(30, ...open('a', 10, [stated('127.0.0.1:443')]))]);
    expect(report.events.map(({ rule }) => rule)).toEqual(['loopback (IPv4)']);
    expect(uses(report)).toEqual(['127.0.0.1:443 0']);
  });

  it('of a file of which no test was run is not unused', () => {
    expect(uses(reportOf([hello, mark(30, ...open('i', 10, [stated('203.0.113.10:443')], 'import'))]))).toEqual([]);
  });

  it('is counted once, however often its test is run', () => {
    const permissions = [stated('203.0.113.10:443')];
    const messages = [...open('a', 10, permissions), close('a', 15), ...open('a', 20, permissions)];
    expect(uses(reportOf([hello, connect(12), connect(25), mark(30, ...messages)]))).toEqual(['203.0.113.10:443 2']);
  });

  it('that can not be understood is told once, allows nothing, and makes the run fail with 3', () => {
    const permissions = [stated('203.0.113.10'), stated('203.0.113.10:443', 'a.test.ts:2:4', '')];
    const report = reportOf([hello, connect(20), mark(30, ...open('a', 10, permissions), ...open('a', 25, permissions))]);
    expect(report.gaps.map(({ kind, reason }) => `${kind} ${reason.split(';')[0]}`)).toEqual([
      "permission a.test.ts:1:4: '203.0.113.10' has no port",
      'permission a.test.ts:2:4: the permission of 203.0.113.10:443 has no reason',
    ]);
    expect([report.verdict, report.exitCode]).toEqual(['incomplete', 3]);
    expect(statuses(report)).toEqual(['20 violation']);
  });

  it('of a file that several workers read is one', () => {
    const trace = [hello, connect(20), mark(30, ...open('a', 10, [stated('203.0.113.10:443'), stated('x')]))];
    const report = reportOf(trace, trace);
    expect(uses(report)).toEqual(['203.0.113.10:443 2']);
    expect(report.inlinePermissions?.[0]?.usedBy.length).toBe(1);
    expect(report.gaps.length).toBe(1);
  });

  it('that can not be understood does not hide that the trace is not complete', () => {
    const unread: Event = { ...at(5), kind: 'unread', line: 1, reason: 'torn', rawLine: '' };
    expect(reportOf([hello, unread, mark(30, ...open('a', 10, [stated('x')]))]).exitCode).toBe(2);
  });
});

describe('the attempts of a test', () => {
  const attempts = (events: readonly (Event | readonly Event[])[]) =>
    reportOf(events).violations[0]?.scopes.map((scope) => scope.testAttempts);
  const twice = [...open('a', 10), close('a', 15), ...open('a', 20), close('a', 28)];

  it('that violated are told from those that did not', () => {
    expect(attempts([hello, connect(12), mark(30, ...twice)])).toEqual([{ violated: [1], run: 2 }]);
    expect(attempts([hello, connect(25), mark(30, ...twice)])).toEqual([{ violated: [2], run: 2 }]);
    expect(attempts([hello, connect(12), connect(13), connect(25), mark(30, ...twice)])).toEqual([{ violated: [1, 2], run: 2 }]);
  });

  it('are not more because hooks around the test have begun it', () => {
    const around = [...open('a', 10), ...open('a', 11), close('a', 15), ...open('a', 20), close('a', 28)];
    expect(attempts([hello, connect(12), mark(30, ...around)])).toEqual([{ violated: [1], run: 2 }]);
  });

  it('are not told of a test that was run once', () => {
    expect(attempts([hello, connect(12), mark(30, ...open('a', 10), close('a', 15))])).toEqual([undefined]);
  });
});
