import { expect, test } from 'vitest';
import { readSocketTable } from '../../src/process/inherited.js';

// proc(5): words of 32 bits in the byte order of the machine; these are of a little-endian one.
const table = (...remotes: readonly string[]): string =>
  [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    ...remotes.map(
      (remote, index) =>
        `   ${index}: 020200C0:9C41 ${remote} 01 00000000:00000000 00:00000000 00000000     0        0 ${100 + index} 1 0000`,
    ),
  ].join('\n');

test.each([
  ['an IPv4 peer', '0A7100CB:1F90', '203.0.113.10:8080'],
  ['an IPv6 peer', 'B80D0120000000000000000010000000:01BB', '[2001:db8:0:0:0:0:0:10]:443'],
  ['an IPv4 peer of an IPv6 socket', '0000000000000000FFFF00000A7100CB:0050', '203.0.113.10:80'],
  ['none, as it listens', '00000000:0000', null],
  ['one on loopback', '0100007F:0050', null],
  ['one on loopback of IPv6', '00000000000000000000000001000000:0050', null],
  ['one on loopback of IPv4 over IPv6', '0000000000000000FFFF00000100007F:0050', null],
])('a socket of the table has %s', (_, remote, peer) => {
  expect(readSocketTable(table(remote))).toEqual([{ inode: '100', peer }]);
});

test('a line that is no socket is none', () => {
  expect(readSocketTable('sl\n\ngarbage\n')).toEqual([]);
});
