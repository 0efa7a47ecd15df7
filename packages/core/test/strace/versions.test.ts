import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import type { EgressEvent } from '../../src/model/event.js';
import { decodeText } from './decode-text.js';

/** The same program, recorded by every version of strace with every option (fixtures/strace/record/versions.sh). */
const fixtures = fileURLToPath(new URL('../../../../fixtures/strace/', import.meta.url));
const cases = readdirSync(fixtures).filter(
  (name) => /^version-.*-(?!old-abi|few-messages)[a-z-]+$/.test(name) && !/old-abi|few-messages/.test(name),
);

const egress = (name: string): readonly EgressEvent[] =>
  decodeText(readFileSync(`${fixtures}${name}/trace.txt`)).events.filter((event) => event.kind === 'connect' || event.kind === 'send');

/** The calls of record/every-form.c in their order. */
const expected = [
  'connect AF_INET 127.0.0.1 9 -111',
  'connect AF_INET 203.0.113.10 9 0',
  'connect AF_INET null null -22',
  'connect null null null -22',
  'connect null null null -14',
  'connect null null null -14',
  'connect AF_INET 198.51.100.7 65535 -9',
  'connect AF_INET6 2001:db8::10 443 -111',
  'connect AF_INET6 fe80::1 443 -101',
  'connect AF_INET6 fe80::1 443 -101',
  'connect AF_INET6 ::ffff:127.0.0.1 8443 -19',
  'connect AF_INET6 ::1 443 -101',
  'connect AF_UNIX /none/q"uote\\back\nnl\ttab\x07\x1b9<>]\\xc3\\xa9\\xff.sock null -2',
  'connect AF_UNIX /none"}, 110) = 0 null -2',
  'connect AF_UNIX @abs\0tract\0\0 null -111',
  'connect AF_UNIX @ null -111',
  'connect AF_UNIX null null -22',
  'connect AF_NETLINK null null -22',
  'connect AF_PACKET null null -97',
  'connect AF_VSOCK null null -97',
  'connect AF_BLUETOOTH null null -22',
  'connect AF_ALG null null -97',
  'connect AF_TIPC null null -97',
  'connect 0x4d2 null null -97',
  'connect AF_UNSPEC null null 0',
  'send AF_INET 203.0.113.10 8080 3',
  'send AF_INET 203.0.113.10 8080 6',
  'send AF_INET6 2001:db8::10 8080 -101',
  'send AF_INET 127.0.0.1 9 -111',
  'send AF_INET 127.0.0.1 5301 5',
  ...[0, 1].map((index) => `send AF_INET 127.0.0.1 ${5400 + index} 2`),
  ...[0, 1, 2, 3, 4, 5].map((index) => `send AF_INET 127.0.0.1 ${5400 + index} 6`),
  'connect AF_INET 127.0.0.1 1053 0',
  'connect AF_INET 127.0.0.1 1053 0',
];

describe('the same calls are read from', () => {
  test.each(cases.filter((name) => !name.endsWith('-pointers')))('%s', (name) => {
    const seen = egress(name).map(({ kind, family, addr, port, result }) => `${kind} ${family} ${addr} ${port} ${result}`);
    expect(seen).toEqual(expected);
  });
});

describe('without addresses every call that may have one is an event', () => {
  test.each(cases.filter((name) => name.endsWith('-pointers')))('%s', (name) => {
    const seen = egress(name);
    expect(seen.filter(({ kind }) => kind === 'connect').length).toBe(27);
    expect(new Set(seen.map(({ family }) => family))).toEqual(new Set([null]));
    expect(seen.filter((event) => event.kind === 'send').map((event) => event.kind === 'send' && event.call)).toEqual([
      ...['sendto', 'sendto', 'sendto', 'sendto'],
      ...['sendmsg', 'sendmsg'],
      ...['sendmmsg', 'sendmmsg'],
    ]);
  });
});

test('there are seven versions', () => {
  expect(new Set(cases.map((name) => name.split('-')[1]))).toEqual(new Set(['4.15', '4.26', '5.3', '5.10', '6.1', '6.16', '7.2']));
  expect(cases.length).toBeGreaterThan(50);
});
