import { describe, expect, test } from 'vitest';

import { createStraceDecoder } from '../../src/sources/strace/decoder.js';
import { createTidTable, pidLimit } from '../../src/sources/strace/tid-table.js';
import { decodeText } from './decode-text.js';

const address = '{sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}';
const timeout = 120_000;

/** Two threads that are known by then, and each of which may be the parent of what comes. */
const twoBirths = ['1 getpid() = 1', '2 getpid() = 2', '1 clone(flags=SIGCHLD <unfinished ...>', '2 clone(flags=SIGCHLD <unfinished ...>'];

/** Counts events by kind as they come, and does not keep them. */
const counted = () => {
  const decoder = createStraceDecoder();
  const kinds = new Map<string, number>();
  const count = (events: readonly { readonly kind: string }[]): void => {
    for (const { kind } of events) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  };
  return {
    kinds,
    write: (line: string): void => count(decoder.push(Buffer.from(`${line}\n`))),
    end: (): void => count(decoder.end()),
  };
};

describe('what is kept of a trace is bounded, and nothing is lost for it:', () => {
  test('calls that never return are given up, the oldest first', { timeout }, () => {
    const { kinds, write, end } = counted();
    const [calls, path] = [40_000, 'x'.repeat(2000)];
    for (let tid = 1; tid <= calls; tid += 1) write(`${tid} connect(3, {sa_family=AF_UNIX, sun_path="${path}"}, 2002 <unfinished ...>`);
    expect(kinds.get('connect')).toBeGreaterThan(calls / 4);
    write('1 <... connect resumed>) = 0');
    expect(kinds.get('unread')).toBe(1);
    write(`${calls} <... connect resumed>) = 0`);
    end();
    expect(Object.fromEntries(kinds)).toEqual({ connect: calls, unread: 1 });
  });

  test('a call that is interrupted again and again', { timeout }, () => {
    const { kinds, write, end } = counted();
    write(`5 connect(3, ${address}, 16 <unfinished ...>`);
    for (let time = 0; time < 2000; time += 1) write(`5 <... connect resumed>${' '.repeat(50_000)}<unfinished ...>`);
    expect(kinds.get('connect')).toBe(1);
    end();
    expect(kinds.get('connect')).toBe(1);
  });

  test('children whose parent is not known go on without one', { timeout }, () => {
    const { kinds, write, end } = counted();
    for (const line of twoBirths) write(line);
    const children = 5000;
    for (let child = 10; child < 10 + children; child += 1) write(`${child} connect(3, ${address}, 16) = 0`);
    expect(kinds.get('connect')).toBeGreaterThan(children - 1100);
    end();
    expect(kinds.get('connect')).toBe(children);
  });

  test('what one such child does', { timeout }, () => {
    const { kinds, write, end } = counted();
    for (const line of twoBirths) write(line);
    const calls = 60_000;
    for (let call = 0; call < calls; call += 1) write(`10 connect(3, ${address}, 16) = 0`);
    expect(kinds.get('connect')).toBeGreaterThan(calls / 4);
    end();
    expect(kinds.get('connect')).toBe(calls);
  });

  test('as many thread ids as there can be', { timeout }, () => {
    const table = createTidTable();
    for (let tid = 0; tid <= pidLimit; tid += 1) table.set(tid, tid);
    expect([0, 1, 4095, 4096, pidLimit].map(table.get)).toEqual([0, 1, 4095, 4096, pidLimit]);
    table.set(4096, undefined);
    for (const none of [pidLimit + 1, 2 ** 32 + 1, -1, 0.5]) table.set(none, 1);
    expect([4096, pidLimit + 1, 2 ** 32 + 1, -1, 0.5].map(table.get)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});

/** Traces that are made to take long, of about `size` characters. */
const hostile: readonly (readonly [string, (size: number) => string])[] = [
  ...[
    ['brackets', '('],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['comments', '/*'],
    ['decorations', 'a<'],
    ['socket decorations', '3<TCP:['],
    ['arrows', '3<UDP:[->'],
    ['colons', '3<UDP:[->:'],
    ['results', ') = '],
    ['unknown results', '= ? '],
    ['addresses', '{sa_family='],
    ['interruptions', ' <unfinished ...>'],
    ['messages of strace', 'strace: '],
    ['paths of strace', '/strace'],
    ['names of strace', 'strace'],
    ['calls', 'connect(3'],
    ['groups', '[a] '],
    ['control sequences', '\x1b[0'],
    ['dashes', '--- '],
    ['labels', 'a='],
    ['digits', '1'],
    ['spaces', ' '],
    ['messages', '{msg_hdr={msg_name='],
    ['strings', '"a", '],
    ['escapes', '"\\x'],
  ].flatMap(([name = '', unit = ' ']): (readonly [string, (size: number) => string])[] => {
    const text = (size: number): string => unit.repeat(size / unit.length);
    return [
      [`${name} in a connect`, (size) => `5 connect(3, ${text(size)}, 16) = 0\n`],
      [`${name} in a sendto to port 53`, (size) => `5 sendto(3<UDP:[${text(size)}]>, "x", 1, 0, NULL, 0) = 1\n`],
      [`${name} in a sendmmsg`, (size) => `5 sendmmsg(3, [${text(size)}], 1, 0) = 1\n`],
      [`${name} after a result`, (size) => `5 connect(3, ${address}, 16) = ${text(size)}\n`],
      [`${name} in another call`, (size) => `5 write(1, ${text(size)} connect(3, ${address}, 16) = 0\n`],
      [`${name} alone`, (size) => `${text(size)}\n`],
      [`${name} after the process`, (size) => `[pid 5] ${text(size)}\n`],
    ];
  }),
  ['calls that do not return', (size) => lines(size, (index) => `${index} connect(3, ${address}, 16 <unfinished ...>`)],
  ['halves without a number', (size) => lines(size, (index) => (index % 2 ? '<... connect resumed>) = 0' : `${index} connect(3, {`))],
  ['births that do not end', (size) => lines(size, (index) => `${index} clone(flags=SIGCHLD <unfinished ...>`)],
  [
    'births, and children of nobody',
    (size) =>
      lines(size, (index) => (index % 2 ? `${index} clone(flags=SIGCHLD <unfinished ...>` : `${index + 1_000_000} exit_group(0) = ?`)),
  ],
  [
    'births that end, and children of nobody',
    (size) =>
      lines(size, (index) => {
        if (index % 3 === 0) return `${index} clone(flags=SIGCHLD <unfinished ...>`;
        return index % 3 === 1 ? `${index + 1_000_000} exit_group(0) = ?` : `${index - 2} +++ exited with 0 +++`;
      }),
  ],
  ['threads', (size) => lines(size, (index) => `1 clone(flags=CLONE_THREAD) = ${index}`)],
];

const lines = (size: number, line: (index: number) => string): string =>
  Array.from({ length: size / 40 }, (_, index) => `${line(index + 2)}\n`).join('');

/** CPU time in ms, the least of three. */
const cost = (trace: Buffer): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const before = process.cpuUsage();
      decodeText(trace);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );

describe('a trace of sixteen times the size takes no more than a linear reader may', () => {
  test.each(hostile)('%s', { timeout }, (_, make) => {
    const [small, large] = [Buffer.from(make(40_000), 'latin1'), Buffer.from(make(640_000), 'latin1')];
    decodeText(small);
    expect(cost(large)).toBeLessThan(200 + 64 * cost(small));
  });
});
