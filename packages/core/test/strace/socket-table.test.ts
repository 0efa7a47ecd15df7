import { expect, test } from 'vitest';
import { createStraceDecoder, type Event } from '../../src/index.js';

const eventsOf = (...lines: readonly string[]): readonly Event[] => {
  const decoder = createStraceDecoder();
  const text = lines.map((line, index) => `7 ${1000 + index}.000000 ${line}\n`).join('');
  return [...decoder.push(Buffer.from(text)), ...decoder.end()];
};

const socket = (type: string, inode: number, fd = 3, family = 'AF_INET'): string =>
  `socket(${family}, ${type}, IPPROTO_IP) = ${fd}<socket:[${inode}]>`;
const inet = (addr: string, port: number): string => `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${addr}")}`;
const connect = (inode: number, addr: string, port: number, fd = 3, result = '0'): string =>
  `connect(${fd}<socket:[${inode}]>, ${inet(addr, port)}, 16) = ${result}`;

test.each([
  ['SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK', 'tcp'],
  ['SOCK_DGRAM|SOCK_CLOEXEC', 'udp'],
  ['SOCK_SEQPACKET', null],
])('the transport of a connect is that of its socket: %s', (type, transport) => {
  expect(eventsOf(socket(type, 17), connect(17, '192.0.2.1', 80))).toMatchObject([{ kind: 'connect', addr: '192.0.2.1', transport }]);
});

test('a socket is known by its inode, whatever its descriptor: after dup, fork and SCM_RIGHTS', () => {
  expect(eventsOf(socket('SOCK_DGRAM', 17), connect(17, '192.0.2.1', 80, 9))).toMatchObject([{ transport: 'udp' }]);
});

test('a descriptor that is used again is another socket', () => {
  const events = eventsOf(socket('SOCK_DGRAM', 17), socket('SOCK_STREAM', 18), connect(18, '192.0.2.1', 80));
  expect(events).toMatchObject([{ transport: 'tcp' }]);
});

test('of a socket that was made before the trace nothing is known', () => {
  expect(eventsOf(connect(17, '192.0.2.1', 80))).toMatchObject([{ transport: null }]);
});

test('a call that failed made nothing', () => {
  const failed =
    'connect(3<socket:[17]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EACCES (Permission denied)';
  const send = 'sendto(3<socket:[17]>, "x", 1, 0, NULL, 0) = 1';
  expect(eventsOf(socket('SOCK_DGRAM', 17), failed, send).map(({ kind }) => kind)).toEqual(['connect']);
});

test('text in a payload that looks like a descriptor is no descriptor', () => {
  const send = `sendto(3<socket:[18]>, "4<socket:[17]>", 14, 0, ${inet('192.0.2.1', 80)}, 16) = 14`;
  expect(eventsOf(socket('SOCK_DGRAM', 17), socket('SOCK_STREAM', 18), send)).toMatchObject([{ kind: 'send', transport: 'tcp' }]);
});

test('the port of a server that asked for any is told by getsockname, and by accept from then on', () => {
  const bound = `bind(3<socket:[17]>, ${inet('127.0.0.1', 0)}, 16) = 0`;
  const name = `getsockname(3<socket:[17]>, ${inet('127.0.0.1', 41_234)}, [128 => 16]) = 0`;
  const listen = 'listen(3<socket:[17]>, 511) = 0';
  const accept = 'accept4(3<socket:[17]>, NULL, NULL, SOCK_CLOEXEC) = 4<socket:[18]>';
  const served = (lines: readonly string[]) =>
    eventsOf(socket('SOCK_STREAM', 17), ...lines).map((event) => (event.kind === 'listen' ? [event.addr, event.port] : event.kind));
  expect(served([bound, name, listen])).toEqual([['127.0.0.1', 41_234]]);
  expect(served([bound, listen, name, accept])).toEqual([
    ['127.0.0.1', null],
    ['127.0.0.1', 41_234],
  ]);
});

test('of very many sockets the last ones are known', { timeout: 60_000 }, () => {
  const many = Array.from({ length: 74_000 }, (_, inode) => socket('SOCK_DGRAM', inode));
  const transports = eventsOf(...many, connect(1, '192.0.2.1', 80), connect(73_999, '192.0.2.1', 80)).map((event) =>
    event.kind === 'connect' ? event.transport : event.kind,
  );
  expect(transports).toEqual([null, 'udp']);
});
