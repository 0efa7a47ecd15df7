import { describe, expect, it } from 'vitest';
import { Pipeline } from '../../src/audit/pipeline.js';
import { buildReport } from '../../src/audit/report.js';
import { Findings } from '../../src/findings/findings.js';
import { AllowList, IPv4Rule, type Report } from '../../src/index.js';
import type { ConnectEvent, DnsEvent, Event } from '../../src/model/event.js';
import { findingLevels } from '../../src/model/finding.js';
import { encodeMarker } from '../../src/model/marker.js';
import { createStraceDecoder } from '../../src/sources/strace/decoder.js';

const nonce = '0123456789abcdef0123456789abcdef';
const at = (ts: number, pid = 1) => ({ source: 'test', seq: ts, ts, pid, tid: pid });
const server = { family: 'AF_INET', addr: '192.0.2.53', port: 53, transport: 'udp' } as const;

const connect = (ts: number, pid = 1, addr = '203.0.113.10', port = 443): ConnectEvent => ({
  ...at(ts, pid),
  ...{ kind: 'connect', family: 'AF_INET', addr, port, transport: port === 0 ? 'udp' : 'tcp', timestamp: ts, result: 0, rawLine: '' },
});
const ask = (ts: number, name: string, pid = 1): DnsEvent => ({
  ...at(ts, pid),
  ...{ kind: 'dns', question: { name, type: 'A' }, exchange: `udp 192.0.2.53 ${name}`, server },
});
const reply = (ts: number, name: string, addrs: readonly string[], status = 'NOERROR', pid = 1): DnsEvent => ({
  ...ask(ts, name, pid),
  answer: { status, truncated: false, cut: false, records: addrs.map((addr) => ({ name, ttl: 5, type: 'A', addr })) },
});
const resolved = (ts: number, name: string): Event[] =>
  encodeMarker(nonce, ts, {
    at: ts,
    messages: [
      { kind: 'hello', worker: 'w' },
      { kind: 'resolved', name, addresses: ['203.0.113.10'], at: 0 },
    ],
  }).map((path) => ({ ...at(ts), kind: 'marker', path }));

const reportOf = (events: readonly (Event | Event[])[], allowlist = new AllowList()): Report => {
  const findings = new Findings(findingLevels);
  const pipeline = new Pipeline({ allowlist, nonce, keepAll: true, findings }, null);
  for (const event of events.flat()) pipeline.push(event);
  pipeline.finish();
  const coverage = { source: 'test', tool: null, fallbacks: [], mode: 'command', uncovered: [] } as const;
  return buildReport([{ pipeline, decoder: createStraceDecoder(), sha256: () => null }], {
    ...{ allowlist, findings, command: null, coverage, leftRunning: [], mode: 'fail', started: 0 },
  });
};

const hosts = ({ events }: Report): string[] =>
  events.map(({ event, names = [] }) => `${event.ts} ${names.map(({ name, source }) => `${name} by ${source}`).join(', ')}`);

describe('what a connection is named by', () => {
  it('is the last answer before it, in its own process', () => {
    const first = [ask(1, 'one.test'), reply(2, 'one.test', ['203.0.113.10'])];
    const second = [ask(4, 'two.test'), reply(5, 'two.test', ['203.0.113.10'])];
    expect(hosts(reportOf([...first, connect(3), ...second, connect(6), connect(7, 2)]))).toEqual([
      '3 one.test by dns',
      '6 two.test by dns, one.test by dns',
      '7 ',
    ]);
  });

  it('is what JavaScript told where no answer was seen, and marked so', () => {
    const report = reportOf([
      connect(3),
      ...resolved(4, 'told.test'),
      ask(5, 'Told.test'),
      reply(6, 'Told.test', ['203.0.113.10']),
      connect(7),
    ]);
    expect(report.violations).toMatchObject([{ host: null, names: [{ name: 'told.test', source: 'dns' }] }]);
    expect(reportOf([...resolved(4, 'told.test'), connect(7)]).violations).toMatchObject([{ host: 'told.test', hostSource: 'lookup' }]);
    expect(hosts(report)).toContain('7 told.test by dns');
  });

  it('is nothing for violations of which each has another name', () => {
    const first = [ask(1, 'one.test'), reply(2, 'one.test', ['203.0.113.10'])];
    const second = [ask(4, 'two.test'), reply(5, 'two.test', ['203.0.113.10'])];
    expect(reportOf([...first, connect(3), ...second, connect(6)]).violations).toMatchObject([{ host: null, hostSource: null }]);
  });
});

describe('a query without a connection', () => {
  const queries = (report: Report): string[] =>
    (report.unusedNames ?? []).map(({ name, status, allowed, count }) => `${name} ${status} ${allowed} ${count}`);

  it('is one after which its process connected to none of the addresses', () => {
    const asked = [
      ask(1, 'a.test'),
      reply(2, 'a.test', ['203.0.113.10']),
      ask(3, 'b.test'),
      reply(4, 'b.test', [], 'NXDOMAIN'),
      ask(5, 'c.test'),
    ];
    expect(queries(reportOf([...asked, connect(6, 2), connect(7, 1, '203.0.113.10', 0)]))).toEqual([
      'a.test NOERROR false 1',
      'b.test NXDOMAIN false 1',
      'c.test null false 1',
    ]);
    expect(queries(reportOf([...asked, connect(6)]))).toEqual(['b.test NXDOMAIN false 1', 'c.test null false 1']);
  });

  it('is allowed where the name server is', () => {
    expect(queries(reportOf([ask(1, 'a.test')], new AllowList([new IPv4Rule('192.0.2.53')])))).toEqual(['a.test null true 1']);
  });

  it('is bounded: of many names, those beyond are counted together', () => {
    const report = reportOf(Array.from({ length: 1500 }, (_, index) => ask(index, `${index}.test`)));
    expect(report.unusedNames?.length).toBe(1001);
    expect(report.unusedNames?.at(-1)).toMatchObject({ name: '(others)', count: 500 });
  });
});
