import { describe, expect, it } from 'vitest';
import { Pipeline } from '../../src/audit/pipeline.js';
import { buildReport } from '../../src/audit/report.js';
import { Findings } from '../../src/findings/findings.js';
import { AllowList, type Report } from '../../src/index.js';
import type { ConnectEvent, DnsEvent, Event, ExecEvent, ForkEvent, ListenEvent } from '../../src/model/event.js';
import { encodeMarker, type MarkerMessage } from '../../src/model/marker.js';
import type { Scope } from '../../src/model/scope.js';
import { createStraceDecoder } from '../../src/sources/strace/decoder.js';

const nonce = '0123456789abcdef0123456789abcdef';
const start = Date.UTC(2027, 2, 1, 12) * 1000;
const at = (ts: number, pid = 1) => ({ source: 'test', seq: ts, ts: start + ts, pid, tid: pid });
const server = { family: 'AF_INET', addr: '192.0.2.53', port: 53, transport: 'udp' } as const;

const connect = (ts: number, aim: Partial<ConnectEvent> = {}, pid = 1): ConnectEvent => ({
  ...at(ts, pid),
  ...{ kind: 'connect', family: 'AF_INET', addr: '203.0.113.10', port: 443, transport: 'tcp', timestamp: ts, result: 0, rawLine: '' },
  ...aim,
});
const told = (ts: number, name: string, pid = 1, addr = '203.0.113.10'): Event[] => {
  const ask: DnsEvent = { ...at(ts, pid), kind: 'dns', question: { name, type: 'A' }, exchange: `udp ${name}`, server };
  const records = [{ name, ttl: 5, type: 'A', addr } as const];
  return [ask, { ...ask, ...at(ts + 1, pid), answer: { status: 'NOERROR', truncated: false, cut: false, records } }];
};
const listen = (ts: number, addr: string | null, port: number | null): ListenEvent => ({
  ...at(ts),
  kind: 'listen',
  family: 'AF_INET',
  addr,
  port,
});
const fork = (ts: number, child: number): ForkEvent => ({ ...at(ts), kind: 'fork', child, thread: false });
const exec = (ts: number, pid: number, file: string, ...argv: readonly string[]): ExecEvent => ({
  ...at(ts, pid),
  kind: 'exec',
  file,
  argv,
});
const mark = (ts: number, ...messages: readonly MarkerMessage[]): Event[] =>
  encodeMarker(nonce, ts, { at: start + ts, messages }).map((path) => ({ ...at(ts), kind: 'marker', path }));
const hello = mark(0, { kind: 'hello', worker: 'w' });

/** One scope that is open from 10 to 20 on thread 1. */
const within = (scope: Omit<Scope, 'id'>, inside: readonly Event[]): Event[] => {
  const stamp = (open: boolean, ts: number): MarkerMessage => ({ kind: 'stamp', scope: 's', open, at: start + ts });
  return [...hello, ...inside, ...mark(20, { kind: 'scope', scope: { id: 's', ...scope } }, stamp(true, 10), stamp(false, 19))];
};

const policy = (text: string): AllowList => AllowList.fromYaml(`version: 1\n${text}\n`, 'netaudit.yaml');

const reportOf = (text: string, events: readonly (Event | readonly Event[])[]): Report => {
  const allowlist = policy(text);
  const findings = new Findings(allowlist.findings);
  const pipeline = new Pipeline({ allowlist, nonce, keepAll: true, findings }, null);
  for (const event of events.flat()) pipeline.push(event);
  pipeline.finish();
  const coverage = { source: 'test', tool: null, fallbacks: [], mode: 'command', uncovered: [] } as const;
  const facts = { allowlist, findings, command: null, coverage, leftRunning: [], mode: 'fail', started: 0 } as const;
  return buildReport([{ pipeline, decoder: createStraceDecoder(), sha256: () => null }], facts);
};

/** What was judged, in the order of the trace. */
const verdicts = (text: string, ...events: readonly (Event | readonly Event[])[]): string =>
  reportOf(text, events)
    .events.toSorted((one, other) => one.event.ts - other.event.ts)
    .map(({ status, denied }) => (denied ? 'denied' : status))
    .join(' ');

describe('a rule with a host', () => {
  const rule = 'allowlist: [{ host: "*.Bücher.example", port: 443 }, { host: api.example.com }]';

  it.each([
    ['a name below it', told(1, 'www.xn--bcher-kva.example'), 'allowed'],
    ['a name in other case', told(1, 'API.Example.COM'), 'allowed'],
    ['the name above the star', told(1, 'xn--bcher-kva.example'), 'violation'],
    ['a name that only ends alike', told(1, 'myapi.example.com'), 'violation'],
    ['a name that another process was told', [fork(0, 2), ...told(1, 'api.example.com', 2)], 'violation'],
    ['a name of another address', told(1, 'api.example.com', 1, '203.0.113.11'), 'violation'],
    ['a name that was told later', told(6, 'api.example.com'), 'violation'],
    ['no name', [], 'violation'],
  ])('holds, or not, for %s: %s', (_, names, expected) => {
    const events = [...names, connect(5)].toSorted((one, other) => one.ts - other.ts);
    expect(verdicts(rule, events)).toBe(expected);
  });

  it('holds for what the test thread looked up before the connection, not after it', () => {
    const resolved = (ts: number): Event[] =>
      mark(8, { kind: 'hello', worker: 'w' }, { kind: 'resolved', name: 'api.example.com', addresses: ['203.0.113.10'], at: start + ts });
    expect(verdicts(rule, hello, connect(5), resolved(4))).toBe('allowed');
    expect(verdicts(rule, hello, connect(5), resolved(6))).toBe('violation');
  });

  it('does not hold for a process that has the number of one that ended', () => {
    const resolved = mark(
      2,
      { kind: 'hello', worker: 'w' },
      { kind: 'resolved', name: 'api.example.com', addresses: ['203.0.113.10'], at: start },
    );
    const again: Event = { ...at(3, 9), kind: 'fork', child: 1, thread: false };
    expect(verdicts(rule, resolved, again, connect(5))).toBe('violation');
  });

  it('holds on its ports and for its block only', () => {
    expect(verdicts(rule, told(1, 'a.xn--bcher-kva.example'), connect(5, { port: 80 }))).toBe('violation');
    const block = 'allowlist: [{ family: AF_INET, cidr: 198.51.100.0/24, host: api.example.com }]';
    expect(verdicts(block, told(1, 'api.example.com'), connect(5))).toBe('violation');
    expect(verdicts(block, told(1, 'api.example.com', 1, '198.51.100.7'), connect(5, { addr: '198.51.100.7' }))).toBe('allowed');
  });
});

describe('a rule with conditions', () => {
  const rule = (more: string): string => `allowlist: [{ family: AF_INET, cidr: 203.0.113.0/24, ${more} }]`;
  const test = { kind: 'test', file: 'payments/card/charge.test.ts', names: ['checkout', 'charges a card'] } as const;

  it.each([
    ['"payments/**/*.test.ts"', 'allowed'],
    ['"payments/*.test.ts"', 'violation'],
    ['"./payments/card/charge.test.ts"', 'allowed'],
    ['"checkout > charges a card"', 'allowed'],
    ['"checkout > *"', 'allowed'],
    ['checkout', 'allowed'],
    ['"charges a card"', 'violation'],
    ['["other.test.ts", "*card"]', 'allowed'],
    ['"**/{charge,refund}.test.[jt]s"', 'allowed'],
  ])('for the tests %s: %s', (tests, expected) => {
    expect(verdicts(rule(`tests: ${tests}`), within(test, [connect(15)]))).toBe(expected);
  });

  it('for tests holds for none where several were open, unless it is for each', () => {
    const scope = (id: string, file: string): MarkerMessage => ({ kind: 'scope', scope: { id, kind: 'test', file, names: [id] } });
    const open = (id: string, file: string): MarkerMessage[] => [scope(id, file), { kind: 'stamp', scope: id, open: true, at: start + 10 }];
    const events = [...hello, connect(15), ...mark(20, ...open('one', 'a.test.ts'), ...open('two', 'b.test.ts'))];
    expect(verdicts(rule('tests: a.test.ts'), events)).toBe('violation');
    expect(verdicts(rule('tests: "[ab].test.ts"'), events)).toBe('allowed');
  });

  it.each([
    ['test', { ...test }, 'allowed violation violation'],
    ['hook', { kind: 'suite', file: 'a.test.ts', names: ['x'] } as const, 'violation allowed violation'],
    ['import', { kind: 'import', file: 'a.test.ts', names: [] } as const, 'violation violation allowed'],
  ])('for a %s', (_, scope, expected) => {
    const results = ['test', 'hook', 'import'].map((word) => verdicts(rule(`scope: ${word}`), within(scope, [connect(15)])));
    expect(results.join(' ')).toBe(expected);
  });

  it('for set-up is for what is outside of all tests', () => {
    expect(verdicts(rule('scope: [setup]'), connect(5))).toBe('allowed');
    expect(verdicts(rule('scope: [setup]'), within(test, [connect(15)]))).toBe('violation');
  });

  it.each([
    ['curl', 'allowed violation'],
    ['/usr/bin/*', 'allowed allowed'],
    ['scripts/*.js', 'violation allowed'],
    ['seed.js', 'violation allowed'],
    ['node', 'violation allowed'],
    ['/opt/**', 'violation violation'],
    ['"-r"', 'violation violation'],
  ])('for the process %s', (process, expected) => {
    const made = (pid: number, ...run: Parameters<typeof exec> extends [number, number, ...infer Rest] ? Rest : never): Event[] => [
      fork(1, pid),
      exec(2, pid, ...run),
      connect(3, {}, pid),
    ];
    const curl = made(2, '/usr/bin/curl', 'node', 'seed.js');
    const node = made(3, '/usr/bin/node', 'node', '-r', 'x', '/home/me/scripts/seed.js', 'curl');
    expect([verdicts(rule(`process: ${process}`), curl), verdicts(rule(`process: ${process}`), node)].join(' ')).toBe(expected);
  });

  it('for a transport holds where the trace tells it', () => {
    const aims = [connect(1), connect(2, { transport: 'udp' }), connect(3, { transport: null })];
    expect(verdicts(rule('transport: tcp'), aims)).toBe('allowed violation violation');
  });

  it('that expires holds to the end of its day, by the time of the connection', () => {
    expect(verdicts(rule('expires: 2027-03-01'), connect(5))).toBe('allowed');
    const report = reportOf(rule('expires: 2027-02-28, name: old'), [connect(5)]);
    expect(report.verdict).toBe('violations');
    expect(report.findings).toMatchObject([{ code: 'expired-rule', subject: 'old', evidence: ['netaudit.yaml:2:13'] }]);
  });

  it('of the level warn allows, and is told', () => {
    const report = reportOf(rule('level: warn, name: soon gone'), [connect(5), connect(6)]);
    expect(report).toMatchObject({ verdict: 'clean', violations: [] });
    expect(report.findings).toMatchObject([{ code: 'warned', level: 'warn', subject: '203.0.113.10:443 by the rule soon gone', count: 2 }]);
    expect(reportOf(`${rule('level: warn')}\nfindings: { warned: fail }`, [connect(5)]).verdict).toBe('violations');
  });
});

describe('deny', () => {
  it('wins over rules, built-in ones and their order', () => {
    const text =
      'allowlist: [{ family: AF_INET, cidr: 203.0.113.0/24 }]\ndeny: [{ name: no, family: AF_INET, addr: 203.0.113.10 }, { family: AF_INET, addr: 127.0.0.1, port: 25 }]';
    expect(verdicts(text, connect(1), connect(2, { addr: '203.0.113.11' }), connect(3, { addr: '127.0.0.1', port: 25 }))).toBe(
      'denied allowed denied',
    );
    const [violation] = reportOf(text, [connect(1)]).violations;
    expect(violation).toMatchObject({ deniedBy: ['no'], suggestedRule: null });
  });

  it('wins over an inline permission', () => {
    const permit: MarkerMessage = {
      kind: 'permit',
      scope: 's',
      permissions: [{ target: '203.0.113.10:443', reason: 'why', at: 'a:1:1', covers: 'test' }],
    };
    const scope: MarkerMessage = { kind: 'scope', scope: { id: 's', kind: 'test', file: 'a.test.ts', names: ['x'] } };
    const events = [...hello, connect(15), ...mark(20, scope, permit, { kind: 'stamp', scope: 's', open: true, at: start + 10 })];
    expect(verdicts('', events)).toBe('allowed');
    expect(verdicts('deny: [{ host: api.example.com }]', told(1, 'api.example.com'), events)).toBe('denied');
  });

  it('of one of several tests that may have connected denies', () => {
    const open = (id: string): MarkerMessage[] => [
      { kind: 'scope', scope: { id, kind: 'test', file: `${id}.test.ts`, names: [id] } },
      { kind: 'stamp', scope: id, open: true, at: start + 10 },
    ];
    const text = 'allowlist: [{ family: AF_INET, cidr: 203.0.113.0/24 }]\ndeny: [{ family: AF_INET, cidr: 203.0.113.0/24, tests: one }]';
    expect(verdicts(text, [...hello, connect(15), ...mark(20, ...open('one'), ...open('two'))])).toBe('denied');
    expect(verdicts(text, [...hello, connect(15), ...mark(20, ...open('two'))])).toBe('allowed');
    const [, deny = ''] = text.split('\n');
    expect(verdicts(deny, [...hello, connect(15), ...mark(20, ...open('two'), ...open('one'))])).toBe('denied');
  });
});

describe('loopback', () => {
  const local = (ts: number, port: number, addr = '127.0.0.1') => connect(ts, { addr, port });

  it.each([
    ['any', 'allowed allowed allowed allowed'],
    ['own-servers', 'violation allowed allowed violation'],
    ['[5432]', 'violation allowed allowed allowed'],
  ])('%s', (setting, expected) => {
    const events = [local(1, 3000), listen(2, '127.0.0.1', 3000), local(3, 3000), local(4, 3000, '::ffff:127.0.0.1'), local(5, 5432)];
    expect(verdicts(`loopback: ${setting}`, events)).toBe(expected);
  });

  it('of own servers is by address too', () => {
    const text = 'loopback: own-servers';
    expect(verdicts(text, listen(1, '::', 80), local(2, 80), local(3, 80, '::1'))).toBe('allowed allowed');
    expect(verdicts(text, listen(1, '0.0.0.0', 80), local(2, 80, '127.0.0.9'), local(3, 80, '::1'))).toBe('allowed violation');
    expect(verdicts(text, listen(1, '127.0.0.1', 80), local(2, 80, '::1'), connect(3, { port: 80 }))).toBe('violation violation');
  });
});

describe('a preset', () => {
  it.each([
    ['private-networks', { addr: '192.168.7.1' }, 'allowed'],
    ['private-networks', { addr: '169.254.169.254' }, 'violation'],
    ['docker', { addr: '172.17.0.2' }, 'allowed'],
    ['docker', { family: 'AF_UNIX', addr: '/var/run/docker.sock', port: null }, 'allowed'],
    ['docker', { family: 'AF_UNIX', addr: '/run/containerd/containerd.sock', port: null }, 'violation'],
    ['testcontainers', { addr: '127.0.0.1', port: 49_153 }, 'allowed'],
    ['testcontainers', { addr: '127.0.0.1', port: 5432 }, 'violation'],
    ['vite-dev-server', { family: 'AF_INET6', addr: '::1', port: 5173 }, 'allowed'],
    ['vite-dev-server', { addr: '203.0.113.10', port: 5173 }, 'violation'],
    ['own-servers', { addr: '127.0.0.1', port: 8080 }, 'allowed'],
    ['own-servers', { addr: '127.0.0.1', port: 8081 }, 'violation'],
  ])('%s and %j: %s', (preset, aim, expected) => {
    const text = `includes_builtins: false\nallowlist: [{ preset: ${preset} }]`;
    expect(verdicts(text, listen(1, '127.0.0.1', 8080), connect(5, aim as Partial<ConnectEvent>))).toBe(expected);
  });
});

describe('what is said of rules', () => {
  it.each([
    ['allowlist: [{ name: x, family: AF_INET, cidr: 0.0.0.0/0 }]', 'wide-rule: x allows 0.0.0.0/0, the whole internet'],
    ['allowlist: [{ name: x, family: AF_INET, cidr: 10.1.2.3/8 }]', 'wide-rule: x has bits after its prefix: 10.1.2.3/8 means 10.0.0.0/8'],
    ['allowlist: [{ name: x, host: "*.com" }]', 'wide-rule: x allows every host below .com'],
    ['allowlist: [{ name: x, family: AF_INET, addr: 127.0.0.1 }]', 'shadowed-rule: x is never reached: loopback (IPv4) matches first'],
    [
      'allowlist: [{ name: w, host: "*.example.com" }, { name: x, host: a.example.com, port: 443, tests: y }]',
      'shadowed-rule: x is never reached: w matches first',
    ],
    ['allowlist: [{ name: x, host: a.test }]\ndeny: [{ name: no, host: a.test }]', 'shadowed-rule: x allows nothing: no denies it'],
    ['allowlist: [{ name: x, family: AF_INET, addr: 192.0.2.1, tests: y }]', 'unused-rule: x was not needed by this run'],
  ])('%s: %s', (text, expected) => {
    const all = (reportOf(text, []).findings ?? []).map(({ code, message }) => `${code}: ${message}`);
    expect(all).toContain(expected);
    expect(all.filter((each) => !each.startsWith('unused-rule'))).toHaveLength(expected.startsWith('unused') ? 0 : 1);
  });

  it.each([
    'allowlist: [{ host: a.test, port: 80 }, { host: a.test }]',
    'allowlist: [{ host: a.test, tests: x }, { host: a.test, tests: y }]',
    'allowlist: [{ family: AF_INET, cidr: 10.0.0.0/8, host: a.test }]',
    'loopback: own-servers\nallowlist: [{ family: AF_INET, addr: 127.0.0.1 }]',
    'deny: [{ family: AF_INET, cidr: 0.0.0.0/0 }]',
  ])('is nothing of %s', (text) => {
    expect((reportOf(text, []).findings ?? []).filter(({ code }) => code !== 'unused-rule')).toEqual([]);
  });

  it('fails the run where the policy says so', () => {
    expect(reportOf('findings: { unused-rule: fail }\nallowlist: [{ host: a.test }]', []).verdict).toBe('violations');
    expect(reportOf('findings: { unused-rule: off }\nallowlist: [{ host: a.test }]', []).unusedRules).toEqual([]);
  });
});
