import { describe, expect, test } from 'vitest';
import { decodeText } from './decode-text.js';

const address = (port: number, addr = '192.0.2.1'): string => `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${addr}")}`;
const progress = '-1 EINPROGRESS (Operation now in progress)';
const connect = (fd: number, port: number, result = progress): string => `connect(${fd}<TCP:[17]>, ${address(port)}, 16) = ${result}`;
const told = (fd: number, error: string, peer = '17'): string =>
  `getsockopt(${fd}<TCP:[${peer}]>, SOL_SOCKET, SO_ERROR, [${error}], [4]) = 0`;

/** Events as `kind port result`, of lines `tid call` with a second between them. */
const eventsOf = (...lines: readonly string[]): string[] => {
  const text = lines.map((line, index) => line.replace(' ', ` ${1000 + index}.000000 `)).join('\n');
  return decodeText(`${text}\n`).events.map((event) => {
    switch (event.kind) {
      case 'connect':
        return `connect ${event.port} ${event.pending ? 'pending' : event.result}`;
      case 'settled':
        return `settled ${event.port} ${event.result} of ${event.connect} after ${event.took / 1e6} s`;
      case 'listen':
        return `listen ${event.addr} ${event.port}`;
      case 'send':
        return `${event.call} ${event.addr} ${event.port}`;
      default:
        return event.kind;
    }
  });
};

describe('a connect that is in progress', () => {
  test.each([
    ['SO_ERROR is 0', told(3, '0'), 0],
    ['SO_ERROR has a name', told(3, 'ECONNREFUSED'), -111],
    ['SO_ERROR is a number', told(3, '110'), -110],
    ['something is sent', 'sendto(3<TCP:[17]>, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1', 0],
    ['nothing can be sent', 'sendto(3, "x", 1, 0, NULL, 0) = -1 ECONNREFUSED (Connection refused)', -111],
    ['a message is sent', 'sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="x", iov_len=1}], msg_iovlen=1}, 0) = 1', 0],
  ])('is settled when %s', (_, line, result) => {
    expect(eventsOf(`7 ${connect(3, 80)}`, `7 ${line}`)).toEqual(['connect 80 pending', `settled 80 ${result} of 0 after 1 s`]);
  });

  test('is settled when it is made again, as the manual of connect allows', () => {
    const again = (result: string): string => `7 ${connect(3, 80, result)}`;
    const already = again('-1 EALREADY (Operation already in progress)');
    expect(eventsOf(again(progress), already, again('-1 EISCONN (Transport endpoint is already connected)')).at(-1)).toBe(
      'settled 80 0 of 0 after 2 s',
    );
    expect(eventsOf(again(progress), again('-1 ECONNREFUSED (Connection refused)')).at(-1)).toBe('settled 80 -111 of 0 after 1 s');
  });

  test('stays so while nothing tells how it ended', () => {
    const waiting = 'sendto(3, "x", 1, 0, NULL, 0) = -1 EAGAIN (Resource temporarily unavailable)';
    expect(eventsOf(`7 ${connect(3, 80)}`, `7 ${waiting}`, `7 ${told(3, 'EINPROGRESS')}`)).toEqual(['connect 80 pending']);
  });

  test('is settled once', () => {
    expect(eventsOf(`7 ${connect(3, 80)}`, `7 ${told(3, '0')}`, `7 ${told(3, 'ECONNRESET')}`)).toHaveLength(2);
  });

  test('is known by its process: another has the same number for something else', () => {
    expect(eventsOf(`7 ${connect(3, 80)}`, `8 ${told(3, 'ECONNREFUSED')}`)).toEqual(['connect 80 pending']);
  });

  test('is settled by another thread of its process', () => {
    const thread = '7 clone(child_stack=NULL, flags=CLONE_VM|CLONE_THREAD) = 8';
    expect(eventsOf(thread, `7 ${connect(3, 80)}`, `8 ${told(3, '0')}`).at(-1)).toBe('settled 80 0 of 1 after 1 s');
  });

  test.each([
    ['ends', '7 +++ exited with 0 +++'],
    ['runs another program', '7 execve("/bin/true", ["true"], 0x1 /* 2 vars */) = 0'],
  ])('is forgotten when its process %s', (_, line) => {
    expect(eventsOf(`7 ${connect(3, 80)}`, line, `7 ${told(3, '0')}`)).not.toContainEqual(expect.stringContaining('settled'));
  });

  test('gives way to the next one on a number that is used again', () => {
    expect(eventsOf(`7 ${connect(3, 80)}`, `7 ${connect(3, 443)}`, `7 ${told(3, '0')}`).at(-1)).toBe('settled 443 0 of 1 after 1 s');
    expect(eventsOf(`7 ${connect(3, 80)}`, `7 ${connect(3, 443, '0')}`, `7 ${told(3, '0')}`)).toHaveLength(2);
    expect(eventsOf(`7 ${connect(3, 80)}`, `7 ${told(3, '0', '127.0.0.1:5->127.0.0.1:443')}`)).toHaveLength(1);
  });
});

describe('a server', () => {
  test.each([
    ['strace 6', ['7 listen(3<TCP:[127.0.0.1:38259]>, 5) = 0'], 'listen 127.0.0.1 38259'],
    ['IPv6', ['7 listen(3<TCPv6:[[::]:38259]>, 5) = 0'], 'listen :: 38259'],
    ['4.15', ['7 listen(3<TCPv6:[:::38259]>, 5) = 0'], 'listen :: 38259'],
    ['a Unix socket', ['7 listen(3<UNIX-STREAM:[17,"/run/x.sock"]>, 5) = 0'], 'listen /run/x.sock null'],
    ['no decoration', [`7 bind(3, ${address(80, '0.0.0.0')}, 16) = 0`, '7 listen(3, 5) = 0'], 'listen 0.0.0.0 80'],
    ['nothing tells where', ['7 listen(3, 5) = 0'], 'listen null null'],
  ])('is where the trace tells: %s', (_, lines, event) => {
    expect(eventsOf(...lines)).toEqual([event]);
  });

  test('on any port is told when the trace names it', () => {
    const any = [`7 bind(3, ${address(0, '127.0.0.1')}, 16) = 0`, '7 listen(3, 5) = 0'];
    expect(eventsOf(...any, `7 getsockname(3, ${address(4711, '127.0.0.1')}, [128 => 16]) = 0`)).toEqual([
      'listen 127.0.0.1 null',
      'listen 127.0.0.1 4711',
    ]);
    expect(eventsOf(...any, '7 accept4(3<TCP:[127.0.0.1:4711]>, NULL, NULL, 0) = 4').at(-1)).toBe('listen 127.0.0.1 4711');
    expect(eventsOf(`7 getsockname(3, ${address(4711, '127.0.0.1')}, [128 => 16]) = 0`)).toEqual([]);
  });

  test('that could not be made is none', () => {
    expect(eventsOf('7 listen(3<TCP:[127.0.0.1:80]>, 5) = -1 EADDRINUSE (Address already in use)')).toEqual([]);
  });
});

describe('a connected socket whose connect is in no line of the trace', () => {
  const sent = (peer: string): string => `sendto(3<TCP:[192.0.2.2:4711->${peer}]>, "secret", 6, 0, NULL, 0) = 6`;

  test('is an event where it is first seen, once for each process', () => {
    expect(eventsOf(`7 ${sent('192.0.2.1:80')}`, `7 ${sent('192.0.2.1:80')}`, `8 ${sent('192.0.2.1:80')}`)).toEqual([
      'sendto 192.0.2.1 80',
      'sendto 192.0.2.1 80',
    ]);
    expect(eventsOf('7 pidfd_getfd(13<pid:9>, 4<TCP:[17]>, 0) = 14<TCP:[192.0.2.2:4711->192.0.2.1:80]> <0.000049>')).toEqual([
      'pidfd_getfd 192.0.2.1 80',
    ]);
    expect(
      eventsOf(
        '7 recvmsg(8, {msg_name=NULL, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[9<TCPv6:[[2001:db8::2]:47->[2001:db8::1]:80]>]}]}, 0) = 1',
      ),
    ).toEqual(['recvmsg 2001:db8::1 80']);
  });

  test('is none when the connect was seen, in whatever process, or the peer is on this machine', () => {
    expect(eventsOf(`7 ${connect(3, 80, '0')}`, `8 ${sent('192.0.2.1:80')}`)).toEqual(['connect 80 0']);
    expect(eventsOf(`7 ${sent('127.0.0.1:80')}`)).toEqual([]);
  });

  test('shows when the address of a connect was another than strace read', () => {
    expect(eventsOf(`7 connect(3, ${address(80, '127.0.0.1')}, 16) = 0`, `7 ${sent('192.0.2.1:80')}`)).toEqual([
      'connect 80 0',
      'sendto 192.0.2.1 80',
    ]);
  });
});

test('TCP fast open is TCP, also where the descriptor does not say so', () => {
  const [event] = decodeText(`7 sendto(3, "tfo-data", 8, MSG_FASTOPEN, ${address(80)}, 16) = 8\n`).events;
  expect(event).toMatchObject({ kind: 'send', transport: 'tcp', addr: '192.0.2.1', port: 80 });
});
