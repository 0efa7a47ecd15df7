import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IPv4Rule, IPv6Rule, NetauditError } from '../../src/index.js';

/** An oracle that shares nothing with the rules: addresses are numbers, and a block is a quotient. */
const sameBlock = (one: bigint, other: bigint, prefix: number, width: number): boolean =>
  one / 2n ** BigInt(width - prefix) === other / 2n ** BigInt(width - prefix);

const four = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) % 256n).join('.');

const six = (value: bigint): string =>
  Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) % 65_536n).toString(16)).join(':');

/** A pair that often shares its first bits. */
const pairOf = (width: number) =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: 2n ** BigInt(width) - 1n }), fc.integer({ min: 0, max: width }), fc.integer({ min: 0, max: width }))
    .map(([base, prefix, flipped]) => ({ base, prefix, other: flipped === width ? base : base ^ (1n << BigInt(flipped)) }));

test('an IPv4 rule allows exactly the addresses of its block', () => {
  fc.assert(
    fc.property(pairOf(32), ({ base, prefix, other }) => {
      const rule = new IPv4Rule(`${four(base)}/${prefix}`);
      const expected = sameBlock(base, other, prefix, 32);
      expect(rule.matches({ family: 'AF_INET', addr: four(other), port: 80 })).toBe(expected);
      expect(rule.matches({ family: 'AF_INET6', addr: `::ffff:${four(other)}`, port: 80 })).toBe(expected);
    }),
  );
});

const isMapped = (value: bigint): boolean => value >> 32n === 0xffffn;

test('an IPv6 rule allows exactly the addresses of its block', () => {
  fc.assert(
    fc.property(pairOf(128), ({ base, prefix, other }) => {
      fc.pre(!(isMapped(base) && prefix >= 96));
      const expected = sameBlock(base, other, prefix, 128) && !isMapped(other);
      expect(new IPv6Rule(`${six(base)}/${prefix}`).matches({ family: 'AF_INET6', addr: six(other), port: 80 })).toBe(expected);
    }),
  );
});

test('the text of a block has its host bits masked', () => {
  fc.assert(
    fc.property(pairOf(32), ({ base, prefix }) => {
      const size = 2n ** BigInt(32 - prefix);
      expect(new IPv4Rule(`${four(base)}/${prefix}`).cidr).toBe(`${four((base / size) * size)}/${prefix}`);
    }),
  );
});

test('an IPv6 rule leaves mapped IPv4 addresses to IPv4 rules, even when it allows everything', () => {
  const aim = { family: 'AF_INET6', addr: '::ffff:93.184.216.34', port: 443 };
  expect(new IPv6Rule('::/0').matches(aim)).toBe(false);
  expect(new IPv4Rule('93.184.216.34').matches(aim)).toBe(true);
});

test('an address with a zone is matched without it', () => {
  expect(new IPv6Rule('fe80::/10').matches({ family: 'AF_INET6', addr: 'fe80::1%eth0', port: 1 })).toBe(true);
});

test.each([
  '',
  '/8',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/08',
  '10.0.0.0/8/8',
  ' 10.0.0.0/8',
  '0x7f.1',
  '10.0.0.0/255.0.0.0',
  '::/0',
  '2130706433',
])('IPv4Rule refuses %j', (cidr) => {
  expect(() => new IPv4Rule(cidr)).toThrow(expect.objectContaining({ name: 'NetauditError', code: 'ALLOWLIST_ADDRESS' }));
});

test.each(['', '::/129', 'fe80::1%eth0', '1.2.3.4/8', '::ffff:1.2.3.4', '::ffff:0:0/96', '[::1]'])('IPv6Rule refuses %j', (cidr) => {
  expect(() => new IPv6Rule(cidr)).toThrow(NetauditError);
});
