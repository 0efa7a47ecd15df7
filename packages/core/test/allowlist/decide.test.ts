import { expect, test } from 'vitest';
import { AllowList, IPv4Rule, IPv6Rule, NetlinkRule, type PortSpec, UnixSocketRule } from '../../src/index.js';

const decide = (list: AllowList, family: string | null, addr: string | null, port: number | null): string | null =>
  list.decide({ family, addr, port })?.name ?? null;

test.each([
  ['AF_INET', '127.0.0.1', 80, 'loopback (IPv4)'],
  ['AF_INET', '127.255.255.255', null, 'loopback (IPv4)'],
  ['AF_INET', '128.0.0.1', 80, null],
  ['AF_INET', '126.255.255.255', 80, null],
  ['AF_INET6', '::1', 80, 'loopback (IPv6)'],
  ['AF_INET6', '::2', 80, null],
  ['AF_INET6', '::ffff:127.0.0.1', 80, 'loopback (IPv4)'],
  ['AF_INET6', '::ffff:93.184.216.34', 80, null],
  ['AF_UNIX', '/run/docker.sock', null, 'unix (builtin)'],
  ['AF_UNIX', '@abstract', null, 'unix (builtin)'],
  ['AF_UNIX', null, null, 'unix (builtin)'],
  ['AF_NETLINK', null, null, 'netlink (builtin)'],
  ['AF_INET', null, null, null],
  ['AF_INET', '/not/an/address', 80, null],
  ['AF_VSOCK', '2', 1, null],
  ['AF_UNSPEC', null, null, null],
  [null, null, null, null],
])('the built-in rules on %s %s %s: %s', (family, addr, port, expected) => {
  expect(decide(new AllowList([]), family, addr, port)).toBe(expected);
});

test('without the built-in rules nothing is allowed', () => {
  const list = new AllowList([], { includesBuiltins: false });
  expect(list.rules).toEqual([]);
  expect(decide(list, 'AF_INET', '127.0.0.1', 80)).toBeNull();
  expect(decide(list, 'AF_NETLINK', null, null)).toBeNull();
});

test('the first rule that matches wins, and the built-in ones are tried first', () => {
  const own = [
    new IPv4Rule('127.0.0.0/8', { name: 'mine' }),
    new IPv4Rule('10.0.0.0/8', { name: 'wide' }),
    new IPv4Rule('10.0.0.1', { name: 'narrow' }),
  ];
  const list = new AllowList(own);
  expect(decide(list, 'AF_INET', '127.0.0.1', 80)).toBe('loopback (IPv4)');
  expect(decide(list, 'AF_INET', '10.0.0.1', 80)).toBe('wide');
  expect(list.rules.slice(4)).toEqual(own);
  expect(list.ownRules).toEqual(own);
});

test('a rule without a name has the name ""', () => {
  expect([new IPv4Rule('10.0.0.1'), new IPv6Rule('::2'), new UnixSocketRule('x'), new NetlinkRule()].map(({ name }) => name)).toEqual([
    '',
    '',
    '',
    '',
  ]);
});

test.each<[PortSpec, number | null, boolean]>([
  [443, 443, true],
  [443, 22, false],
  [443, null, false],
  ['443', 443, true],
  ['8000-8100', 8000, true],
  ['8000-8100', 8100, true],
  ['8000-8100', 8101, false],
  ['8000-8100', 7999, false],
  [[80, '8000-8100'], 80, true],
  [[80, '8000-8100'], 8050, true],
  [[80, '8000-8100'], 81, false],
  [0, 0, true],
  [0, null, false],
  [65_535, 65_535, true],
])('port %j and a connection to port %s: %s', (port, to, expected) => {
  expect(new IPv4Rule('10.0.0.0/8', { port }).matches({ family: 'AF_INET', addr: '10.1.2.3', port: to })).toBe(expected);
  expect(new IPv6Rule('2001:db8::/32', { port }).matches({ family: 'AF_INET6', addr: '2001:db8::1', port: to })).toBe(expected);
});

test.each<[PortSpec]>([
  [-1],
  [65_536],
  [80.5],
  [Number.NaN],
  ['80-'],
  ['-80'],
  ['080'],
  ['80 - 90'],
  ['90-80'],
  ['http'],
  [''],
  ['1-65536'],
  [[]],
])('port %j is refused', (port) => {
  expect(() => new IPv4Rule('10.0.0.0/8', { port })).toThrow(expect.objectContaining({ code: 'ALLOWLIST_PORT' }));
});
