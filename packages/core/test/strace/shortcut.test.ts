import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decodeText } from './decode-text.js';

/** By `npm run fuzz` for a longer time, as fuzz.test.ts. */
const seconds = Number(process.env['NETAUDIT_FUZZ_SECONDS'] ?? '0') / 6;
const settings =
  seconds > 0
    ? { numRuns: Number.POSITIVE_INFINITY, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false }
    : { numRuns: 1500 };
const timeout = 120_000 + 2000 * seconds;

const ipv4 = (port: string, addr: string): string => `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${addr}")}`;
const address = fc.oneof(
  fc
    .record({
      port: fc.constantFrom('53', '80', '443', '0', '99999'),
      addr: fc.constantFrom('192.0.2.1', '192.0.2.53', '127.0.0.1', '1.2.3'),
    })
    .map(({ port, addr }) => ipv4(port, addr)),
  fc.constantFrom(
    '{sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}',
    '{sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "::ffff:192.0.2.1", &sin6_addr), sin6_flowinfo=0}',
    '{sa_family=AF_UNIX, sun_path="/run/a}, 16) = 0"}',
    '{sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}',
    '{sa_family=AF_UNSPEC, sa_data="\\0\\0\\0\\0"}',
    '{sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}',
    '{sa_family=AF_INET, sin_port="\\0005", sin_addr="\\300\\0\\2\\1"}',
    '{sa_family=0x2 /* AF_INET */, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}',
    '{sa_family=AF_INET, sin_port=htons(80) /* } */, sin_addr=inet_addr("192.0.2.1")}',
    '{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")',
    '0x7ffd',
    'NULL',
  ),
);
const descriptor = fc
  .record({
    fd: fc.constantFrom('3', '4', '1234567890'),
    decoration: fc.constantFrom(
      '',
      '<socket:[17]>',
      '<socket:[18]>',
      '<TCP:[17]>',
      '<UDPv6:[19]>',
      '<UNIX:[20]>',
      '<UNIX-STREAM:[20]>',
      '</a>',
      '<X:[1]>',
    ),
  })
  .map(({ fd, decoration }) => `${fd}${decoration}`);
const result = fc.constantFrom(
  ...[
    '0',
    '0 <0.000012>',
    '-1 EINPROGRESS (Operation now in progress) <0.000345>',
    '-1 ECONNREFUSED (Connection refused)',
    '?',
    '0x0',
    '-1 (errno 111)',
  ],
  ...[
    '-1 EALREADY (Operation already in progress)',
    '-1 EISCONN (X) <1.5>',
    '-1 ECONNREFUSED (В соединении)',
    '? ERESTARTSYS (x) <unfinished ...>',
  ],
  ...['0 strace: Process 7 attached', '0connect(3, ', ' 0', '', '0 <0.1> ', '0\r', '-1 EINPROGRESS <0.1', '0 <1.2> <3.4>'],
);
const data = fc.constantFrom(
  '',
  'GET / HTTP/1.1',
  'connect(3, {sa_family=AF_INET',
  '\\"',
  'a) = 0',
  'sa_family=',
  'strace: x',
  '\\',
  'Hello (connect(s',
);

const whole = fc.oneof(
  fc
    .record({ descriptor, address, length: fc.constantFrom('16', '28', 'x'), result })
    .map((c) => `connect(${c.descriptor}, ${c.address}, ${c.length}) = ${c.result}`),
  fc.record({ data, result }).map((c) => `write(1, "${c.data}", 5) = ${c.result}`),
  fc.record({ descriptor, data, address }).map((c) => `sendto(${c.descriptor}, "${c.data}", 5, 0, ${c.address}, 16) = 5`),
  fc.record({ descriptor }).map((c) => `getsockopt(${c.descriptor}, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0`),
  fc.constantFrom(
    ...[
      'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[17]>',
      'socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 4<socket:[18]>',
      'close(3) = 0',
    ],
    ...[
      'socket(AF_UNIX, SOCK_STREAM, 0) = 3<socket:[17]>',
      'clone(flags=CLONE_THREAD) = 103',
      'vfork() = 104',
      'syscall_435(0x1, 0x2) = 103',
    ],
    ...[
      'execve("/bin/true", ["true"], 0x7ff /* 3 vars */) = 0',
      'openat(AT_FDCWD, "/x", O_RDONLY) = -1 ENOENT (No such file or directory)',
    ],
    ...[
      '+++ exited with 0 +++',
      '+++ superseded by execve in pid 102 +++',
      '--- SIGTERM {si_signo=SIGTERM} ---',
      'strace: Process 9 attached',
      'futex(0x1, FUTEX_WAIT) = 0 (connect(3)',
    ],
    ...[
      'rt_sigreturn({mask=[]}) = 0',
      'x = 1',
      'recvfrom(3<socket:[18]>, "", 5, 0, NULL, NULL) = 0',
      'clone(flags=SIGCHLD',
      'fam\x1b[0mily(0) = 0',
    ],
  ),
);

/** Calls of all lengths, in whose strings, or where their strings should be, is something of another line. */
const padded = fc
  .record({
    name: fc.oneof(
      fc.constantFrom(
        ...['syscall_435', 'sysinfo', 'connect', 'connect_', 'sendto', 'getsockname', 'io_uring_setup', 'clock_nanosleep'],
        ...['_', 'x-y', '9x'],
      ),
      fc.string({ unit: fc.constantFrom('a', 'Z', '_', '7'), minLength: 1, maxLength: 40 }),
    ),
    quote: fc.constantFrom('"', ''),
    begin: fc.nat({ max: 40 }),
    inside: fc.constantFrom(
      ...[
        '',
        '(',
        '((',
        'o(3',
        ' connect(3',
        'xconnect(s',
        ' sendmsg(sockfd=4',
        ' sendto(4',
        ' sendmmsg(x',
        'y=',
        'sa_family=',
        'sa_family=',
        'sa_familx=',
        'family=',
        ': ',
        'a:b',
        'strace: x',
      ],
      ...['\x1b[0m', ' connect\x1b[0m(3', 'sa_family\x1b[1m=', '\xe9', '\0', '\r', '\x7f', '}', '<unfinished ...>'],
    ),
    rest: fc.nat({ max: 40 }),
    end: fc.constantFrom(
      '") = 0',
      '") = 0',
      '") = 1 <0.000012>',
      '',
      ' <unfinished ...>',
      ' <unfinished ...>\xa0',
      '") = ? ...>',
      '") = 5 ',
      '") = -1 E (\x7f',
      '") = é',
      '") = 0\t',
    ),
  })
  .map(({ name, quote, begin, inside, rest, end }) => `${name}(${quote}${'a'.repeat(begin)}${inside}${'='.repeat(rest)}${end}`);

/** A call in one line, or its halves. */
const lines = fc
  .record({
    whole: fc.oneof({ weight: 2, arbitrary: whole }, { weight: 1, arbitrary: padded }),
    half: fc.constantFrom('whole', 'whole', 'whole', 'head', 'tail'),
  })
  .map(({ whole: text, half }) => {
    const name = /^\w+/.exec(text)?.[0] ?? 'x';
    const at = text.lastIndexOf(') =');
    if (half === 'whole' || at === -1) return text;
    return half === 'head' ? `${text.slice(0, at)} <unfinished ...>` : `<... ${name} resumed>${text.slice(at)}`;
  });
const prefix = fc.constantFrom(
  ...[
    '101 ',
    '101   ',
    '102   1795203901.527524 ',
    '102   1795203901.527524 ',
    '101   1795203902 ',
    '103   1795203901.1234 ',
    '104   12:00:01.000001 ',
    '101  ',
  ],
  ...[
    '101   1795203901.527524  ',
    '99999999 ',
    '1795203901.527524 ',
    '[pid   101] ',
    '101   1795203901.527524 [  42] ',
    '101<a> ',
    '4194304 ',
    '4194305 ',
    '0 ',
    '',
    '101   .5 ',
  ],
  ...['101   1234567890123456789.000001 ', '101        0.000012 ', '101    0.000012 ', '101   1795203901. '],
);
const end = fc.constantFrom('\n', '\n', '\n', '\n', '\n', '\r\n', ' \n', '\n\n', '\0\n', '');

const single = fc.record({ prefix, lines, end }).map((line) => `${line.prefix}${line.lines}${line.end}`);

/** A connect in two lines, with what other threads, or the same one, do between them. */
const halves = fc
  .record({
    prefix: fc.constantFrom('101 ', '102   1795203901.527524 ', '103   1795203901.000001 '),
    call: fc.record({ descriptor, address }).map((c) => `connect(${c.descriptor}, ${c.address}, 16`),
    between: fc.array(single, { maxLength: 2 }),
    own: fc.oneof(fc.constant(''), fc.constant(''), lines),
    note: fc.constantFrom(
      ' <unfinished ...>',
      ' <unfinished ...>',
      ' <unfinished ...>',
      ' <unfinished ...>\xa0',
      '  <unfinished ...>',
      '<unfinished ...>',
      ' <detached ...>',
    ),
    rest: fc.constantFrom('<... connect resumed>', '<... connect resumed>', '<... connect resumed> ', '<... sendto resumed>'),
    result,
    end,
  })
  .map(
    (c) =>
      `${c.prefix}${c.call}${c.note}\n${c.between.join('')}${c.own && `${c.prefix}${c.own}\n`}${c.prefix}${c.rest}) = ${c.result}${c.end}`,
  );

/** Threads that are known, and lines of them of all kinds. */
const traces = fc
  .record({
    lines: fc.array(fc.oneof({ weight: 3, arbitrary: single }, { weight: 1, arbitrary: halves }), { minLength: 1, maxLength: 12 }),
    damage: fc.option(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) })),
    cuts: fc.array(fc.nat(), { maxLength: 3 }),
  })
  .map(({ lines: each, damage, cuts }) => {
    const text = `101 x() = 0\n102 x() = 0\n${each.join('')}`;
    const trace = Buffer.from(text, 'latin1');
    if (damage) trace[damage.at % trace.length] = damage.byte;
    return { trace, cuts };
  });

/** As the one that takes lines as bytes and the one that reads them make of it. */
const expectSame = (trace: Uint8Array, cuts: readonly number[]): void => {
  expect(decodeText(trace, cuts)).toEqual(decodeText(trace, [], { shortcuts: false }));
};

describe('lines of the usual forms, which are taken as bytes,', () => {
  test('give the events and counts that they give when they are read', { timeout }, () => {
    fc.assert(
      fc.property(traces, ({ trace, cuts }) => expectSame(trace, cuts)),
      settings,
    );
  });

  test('do so wherever the pieces end in which they are taken', () => {
    const line =
      '101 connect(3<TCP:[17]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}, 16) = 0\n102 write(1, "x", 1) = 1\n';
    const trace = Buffer.from(`101 x() = 0\n102 x() = 0\n${line}102 x() = 0\n`);
    for (let cut = 0; cut <= trace.length; cut += 1) expectSame(trace, [cut]);
  });

  test('do so where there are more bytes than are taken at once', { timeout }, () => {
    const many = fc.record({
      lines: fc.array(fc.oneof(single, halves), { minLength: 5, maxLength: 20 }),
      before: fc.nat({ max: 300 }),
      long: fc.constantFrom(0, 1000, 262_000, 262_144, 300_000),
    });
    const few = { ...settings, ...(seconds > 0 ? {} : { numRuns: 20 }) };
    fc.assert(
      fc.property(many, ({ before, lines: each, long }) => {
        const other = `101 x("${'a'.repeat(before)}") = 0\n102 x() = 0\n`;
        const text = `${other.repeat(2 ** 18 / other.length - 3)}${each.join('')}102 y("${'b'.repeat(long)}") = 0\n${other.repeat(99)}`;
        expectSame(Buffer.from(text.repeat(2), 'latin1'), []);
      }),
      few,
    );
  });

  test('do so with more addresses and results than are kept', () => {
    const line = (n: number): string =>
      `101 connect(3, {sa_family=AF_INET, sin_port=htons(${n % 7}), sin_addr=inet_addr("192.0.2.${n % 251}")}, 16) = ${n % 3001}\n`;
    const each = Array.from({ length: 4000 }, (_, n) => line(n * 7919));
    expectSame(Buffer.from(`101 x() = 0\n${each.join('')}${each.join('')}`), []);
  });
});
