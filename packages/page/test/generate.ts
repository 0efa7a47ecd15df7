import type { DnsEntry, EventEntry, ProcessEntry, ReportDocument, Scope, Span, Violation } from '../src/model/document.js';
import { type Destination, eventsOf, type Random, START } from './generate-events.js';

export type Size = {
  readonly seed: number;
  readonly events: number;
  readonly files: number;
  readonly tests: number;
  readonly lanes: number;
  readonly places: number;
};

export const large: Size = { seed: 7, events: 10_000, files: 40, tests: 400, lanes: 8, places: 60 };
export const small: Size = { seed: 3, events: 260, files: 8, tests: 48, lanes: 4, places: 14 };

/** A made-up verbose report: the same one for the same size, whatever the machine. Addresses are those of documentation (RFC 5737, 3849). */
export const generate = ({ seed, events: eventCount, files, tests, lanes, places }: Size): ReportDocument => {
  const random = randomFrom(seed);
  const scopes = scopesOf(files, tests);
  const spans = spansOf(scopes, lanes, random);
  const end = Math.max(...spans.map(({ to }) => to ?? 0));
  const destinations = Array.from({ length: places }, (_, index) => destinationOf(index));
  const events = eventsOf({ eventCount, spans, destinations, random });
  const violations = violationsOf(events, destinations, scopes);
  return {
    schemaVersion: 1,
    runId: '7b1f2f0e-2d0c-4a55-9a3c-6f3d3f6e4a11',
    verdict: 'violations',
    exitCode: 1,
    violations,
    findings: [],
    gaps: [],
    command: { argv: ['npx', 'vitest', 'run', '--pool', 'forks'], exitCode: 1, signal: null },
    coverage: {
      source: 'strace',
      tool: 'strace 6.13',
      mode: 'command',
      uncovered: [],
      fallbacks: [],
      events: eventCount + 812,
      lines: eventCount * 7,
      ignoredLines: 4211,
    },
    leftRunning: [],
    unusedRules: ['staging database'],
    inlinePermissions: [],
    queriesWithoutConnection: [{ name: 'telemetry.example.test', types: ['A', 'AAAA'], status: 'NXDOMAIN', allowed: true, count: 3 }],
    provenance: {
      netaudit: '0.1.0',
      started: START,
      ended: end + 900_000,
      commit: '70b1a7c4e1f2a39b5d60718293a4b5c6d7e8f901',
      dirty: false,
      node: 'v22.23.3',
      tool: 'strace 6.13',
      kernel: '6.12.9-amd64',
      arch: 'x64',
      policySha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      traceSha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
    },
    scopes,
    timeline: {
      lanes: Array.from({ length: lanes }, (_, index) => ({
        worker: (0x9fe04c + index * 7919).toString(16),
        pid: 4100 + index * 10,
        tid: 4100 + index * 10,
        from: START,
        to: end,
      })),
      spans,
      omitted: 0,
    },
    processes: processesOf(lanes, end),
    dns: dnsOf(destinations, random),
    events,
  };
};

/** mulberry32: numbers from 0 to 1. */
const randomFrom = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const subjects = ['checkout', 'catalog', 'search', 'session', 'billing', 'mail', 'upload', 'export'];
const verbs = [
  'charges a card',
  'lists what is in stock',
  'keeps the cart',
  'refuses an old token',
  'sends a receipt',
  'retries once',
  'asks the cache first',
  'reports usage',
  'rounds to cents',
  'follows the redirect',
];

const scopesOf = (files: number, tests: number): Scope[] =>
  Array.from({ length: tests }, (_, index) => {
    const file = index % files;
    const subject = subjects[file % subjects.length] ?? '';
    const names = [subject, `${verbs[Math.floor(index / files) % verbs.length]}${index >= files * verbs.length ? ` (${index})` : ''}`];
    return { id: `s${index}`, kind: 'test', file: `test/${subject}/${subject}-${file}.test.ts`, names };
  });

const spansOf = (scopes: readonly Scope[], lanes: number, random: Random): Span[] => {
  const free = Array.from({ length: lanes }, () => START + 800_000 + random() * 400_000);
  const spans: Span[] = [];
  scopes.forEach(({ id }, index) => {
    const lane = index % lanes;
    const from = free[lane] ?? START;
    const to = from + 20_000 + random() ** 3 * 900_000;
    spans.push({ lane, scope: id, from: Math.round(from), to: Math.round(to), attempt: 1 });
    free[lane] = to + random() * 30_000 - (index % 9 === 0 ? 60_000 : 0);
  });
  return spans;
};

const destinationOf = (index: number): Destination => {
  if (index % 10 === 9)
    return {
      addr: `2001:db8::${index}`,
      port: 443,
      host: `v6-${index}.example.test`,
      status: 'allowed',
      rule: 'services',
      family: 'AF_INET6',
    };
  if (index === 0)
    return { addr: '203.0.113.80', port: 443, host: 'payments.example.test', status: 'violation', rule: null, family: 'AF_INET' };
  if (index === 3)
    return { addr: '203.0.113.84', port: 80, host: 'telemetry.example.test', status: 'violation', rule: null, family: 'AF_INET' };
  if (index === 5) return { addr: '198.51.100.7', port: 5432, host: null, status: 'violation', rule: null, family: 'AF_INET' };
  if (index === 6) return { addr: '198.51.100.9', port: 9092, host: 'queue.example.test', status: 'known', rule: null, family: 'AF_INET' };
  if (index === 7)
    return { addr: '/run/postgresql/.s.PGSQL.5432', port: 0, host: null, status: 'allowed', rule: 'unix sockets', family: 'AF_UNIX' };
  const loopback = index % 2 === 0;
  return {
    addr: loopback ? '127.0.0.1' : `192.0.2.${index}`,
    port: loopback ? 3000 + index : 443,
    host: loopback ? null : `service-${index}.example.test`,
    status: 'allowed',
    rule: loopback ? 'loopback (IPv4)' : 'services',
    family: 'AF_INET',
  };
};

const violationsOf = (events: readonly EventEntry[], destinations: readonly Destination[], scopes: readonly Scope[]): Violation[] =>
  destinations
    .filter(({ addr, port }) => events.some(({ status, violation }) => status === 'violation' && violation === `v-${addr}-${port}`))
    .map(({ addr, port, host, family }) => {
      const own = events.filter((event) => event.violation === `v-${addr}-${port}`);
      const owners = new Map<string, EventEntry[]>();
      for (const event of own) owners.set(event.scope ?? '', [...(owners.get(event.scope ?? '') ?? []), event]);
      return {
        id: `v-${addr}-${port}`,
        family,
        addr,
        port,
        count: own.length,
        pids: [...new Set(own.map(({ pid = 0 }) => pid))],
        firstTimestamp: (own[0]?.at ?? 0) / 1e6,
        host,
        hostSource: host === null ? null : 'dns',
        names: host === null ? [] : [{ name: host, source: 'dns' }],
        attempts: [],
        suggestedRule: `- name: "${addr}:${port}"\n  family: ${family}\n  addr: "${addr}"\n  port: ${port}`,
        scopes: [...owners].map(([id, list]) => ({
          scope: scopes.find((scope) => scope.id === id) ?? null,
          method: list[0]?.method ?? 'none',
          candidates: id === '' ? scopes.slice(0, 2) : [],
          timing: null,
          count: list.length,
          processes: [],
          origins: list.flatMap(({ origin }) => (origin ? [origin] : [])).slice(0, 2),
        })),
      };
    });

const processesOf = (lanes: number, end: number): ProcessEntry[] => {
  const base = { file: '/usr/bin/node', to: end, code: 0, signal: null };
  const workers = Array.from({ length: lanes }, (_, index): ProcessEntry[] => [
    {
      ...base,
      pid: 4100 + index * 10,
      parent: 4002,
      argv: ['/usr/bin/node', '/home/ada/shop/node_modules/vitest/dist/workers/forks.js'],
      from: START + 500_000,
    },
    {
      ...base,
      pid: 4103 + index * 10,
      parent: 4100 + index * 10,
      argv: ['/usr/bin/node', 'shop/report-usage.mjs', '{"items":1}'],
      from: START + 900_000,
      code: index === 2 ? null : 0,
      signal: index === 2 ? 'SIGTERM' : null,
    },
  ]).flat();
  return [
    { ...base, pid: 4001, parent: null, argv: ['npm', 'exec', 'vitest', 'run'], from: START },
    {
      ...base,
      pid: 4002,
      parent: 4001,
      argv: ['/usr/bin/node', 'node_modules/.bin/vitest', 'run', '--pool', 'forks'],
      from: START + 100_000,
      code: 1,
    },
    ...workers,
  ];
};

const dnsOf = (destinations: readonly Destination[], random: Random): DnsEntry[] =>
  destinations.flatMap(({ host, addr, family }, index) =>
    host === null
      ? []
      : [
          {
            at: START + 900_000 + Math.round(random() * 4_000_000),
            name: host,
            type: family === 'AF_INET6' ? 'AAAA' : 'A',
            status: 'NOERROR',
            addresses: [addr],
            server: '127.0.0.53:53',
            pid: 4100,
            scope: `s${index}`,
          },
        ],
  );
