import { expect, test } from 'vitest';
import { nearestFinder } from '../../src/allowlist/nearest.js';
import type { Call } from '../../src/allowlist/rule.js';
import { AllowList, type Scope } from '../../src/index.js';

const policy = `version: 1
allowlist:
  - { name: db, family: AF_INET, addr: 10.20.0.5, port: 5432 }
  - { name: net, family: AF_INET, cidr: 10.30.0.0/16 }
  - { name: six, family: AF_INET6, cidr: "2001:db8:1::/48", port: [80, 443] }
  - { name: api, host: "*.example.com", port: 443 }
  - { name: pay, host: pay.test, port: 443, tests: ["pay/**"] }
  - { name: old, family: AF_INET, addr: 192.0.2.1, expires: 2020-01-01 }
  - { name: ntp, family: AF_INET, addr: 192.0.2.2, port: 123, transport: udp }
  - { name: tool, family: AF_INET, addr: 192.0.2.3, process: ["curl"] }
  - { name: hook, family: AF_INET, addr: 192.0.2.4, scope: hook }
  - { name: two, family: AF_INET, addr: 192.0.2.5, port: 80, expires: 2020-01-01 }
  - { name: three, family: AF_INET, addr: 192.0.2.6, port: 80, expires: 2020-01-01, scope: hook }
  - { name: sock, family: AF_UNIX, path_glob: "/run/app/*.sock" }
includes_builtins: false
`;
const find = nearestFinder(AllowList.fromYaml(policy, 'netaudit.yaml'));
const scope: Scope = { id: 's', kind: 'test', file: 'a.test.ts', names: ['x'] };
const inet = (addr: string, port: number, names: string[] = []): Call => ({
  ...{ family: addr.includes(':') ? 'AF_INET6' : 'AF_INET', addr, port, names },
  ...{ process: { pid: 1, argv: ['/usr/bin/node', 'a.mjs'] }, ts: Date.UTC(2026, 0, 1) * 1000 },
});
const unix = (addr: string): Call => ({ family: 'AF_UNIX', addr, port: null });

test.each<[string, Call, string | null]>([
  ['another port', inet('10.20.0.5', 5433), 'db allows port 5432, not 5433 netaudit.yaml:3'],
  ['an address beside it', inet('10.20.0.6', 5432), 'db allows 10.20.0.5, not 10.20.0.6 netaudit.yaml:3'],
  ['an address beside it and another port', inet('10.20.0.6', 80), null],
  ['an address beside a block', inet('10.31.0.1', 9), 'net allows 10.30.0.0/16, not 10.31.0.1 netaudit.yaml:4'],
  ['IPv6', inet('2001:db8:1::9', 22), 'six allows port 80,443, not 22 netaudit.yaml:5'],
  ['a port of a host', inet('203.0.113.9', 80, ['a.example.com']), 'api allows port 443, not 80 netaudit.yaml:6'],
  ['the name above a pattern', inet('203.0.113.9', 443, ['example.com']), 'api allows *.example.com, not example.com netaudit.yaml:6'],
  ['another test', inet('203.0.113.9', 443, ['pay.test']), 'pay is for tests pay/** only netaudit.yaml:7'],
  ['too late', inet('192.0.2.1', 1), 'old expired after 2020-01-01 netaudit.yaml:8'],
  ['what only the transport can be', inet('192.0.2.2', 123), 'ntp allows udp only netaudit.yaml:9'],
  ['another process', inet('192.0.2.3', 1), 'tool is for the process curl only netaudit.yaml:10'],
  ['a test in place of a hook', inet('192.0.2.4', 1), 'hook is for hook only netaudit.yaml:11'],
  ['two reasons', inet('192.0.2.5', 81), 'two allows port 80, not 81, and expired after 2020-01-01 netaudit.yaml:12'],
  ['three reasons are not near', inet('192.0.2.6', 81), null],
  ['a socket in the same folder', unix('/run/app/db.socket'), 'sock allows /run/app/*.sock, not /run/app/db.socket netaudit.yaml:14'],
  ['a socket elsewhere', unix('/tmp/x'), null],
  ['nothing near', inet('203.0.113.9', 443), null],
  ['a host without a name', inet('203.0.113.9', 443, ['other.test']), null],
])('%s', (_, call, expected) => {
  const nearest = find(call, [scope]);
  expect(nearest && `${nearest.rule} ${nearest.why} ${nearest.at}`).toBe(expected);
});

test('of several rules the one with the longest prefix is the nearest', () => {
  const rules = ['10.0.0.0/8', '10.1.0.0/16', '10.0.0.0/12'].map(
    (cidr) => `  - { name: "${cidr}", family: AF_INET, cidr: ${cidr}, port: 80 }\n`,
  );
  const nearest = nearestFinder(AllowList.fromYaml(`version: 1\nallowlist:\n${rules.join('')}`, 'a.yaml'))(inet('10.1.2.3', 81), [scope]);
  expect(nearest?.rule).toBe('10.1.0.0/16');
});

test('where the run may connect to its own servers only, it does not listen there', () => {
  const find = nearestFinder(AllowList.fromYaml('version: 1\nloopback: own-servers\nallowlist: []\n', 'a.yaml'));
  expect(find({ ...inet('127.0.0.1', 81), served: () => false }, [scope])).toEqual({
    rule: 'loopback (own servers)',
    why: 'allows what this run serves itself, and it does not listen on port 81',
    at: null,
  });
});
