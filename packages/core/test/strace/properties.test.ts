import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Event } from '../../src/model/event.js';
import { decodeText } from './decode-text.js';

const address = '{sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}';
const prefix = '1234  1795203901.527524 ';
const lines = [
  `${prefix}connect(3<TCP:[398546]>, ${address}, 16) = -1 ECONNREFUSED (Connection refused)`,
  `${prefix}connect(5, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::10", &sin6_addr), sin6_scope_id=if_nametoindex("lo")}, 28) = 0 <0.000056>`,
  `${prefix}connect(3<UNIX-STREAM:[1->2,"/run/x"]>, {sa_family=AF_UNIX, sun_path="/tmp/q\\"uote\\\\ <unfinished ...>\\377"}, 110) = 0`,
  `${prefix}connect(3, {sa_family=0x4d2 /* AF_??? */, sa_data="data\\0\\0"}, 16) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)`,
];

const mutated = fc.oneof(
  fc.record({ line: fc.constantFrom(...lines), at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }).map(({ line, at, byte }) => {
    const index = at % line.length;
    return line.slice(0, index) + String.fromCharCode(byte) + line.slice(index + 1);
  }),
  fc.record({ line: fc.constantFrom(...lines), at: fc.nat() }).map(({ line, at }) => {
    const index = at % line.length;
    return line.slice(0, index) + line.slice(index + 1);
  }),
  fc.record({ line: fc.constantFrom(...lines), at: fc.nat() }).map(({ line, at }) => line.slice(0, at % line.length)),
);

/** Much longer than they take: the machine may be busy. */
const timeout = 120_000;

describe('a damaged line', { timeout }, () => {
  test('that still has its prefix and its call is never silent', () => {
    fc.assert(
      fc.property(mutated, (line) => {
        fc.pre(line.startsWith(`${prefix}connect(`));
        const kinds = decodeText(`${line}\n`).events.map((event) => event.kind);
        expect(kinds.some((kind) => kind === 'connect' || kind === 'unread')).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('is ignored only when its prefix or its call name was destroyed, and its lines are counted', () => {
    fc.assert(
      fc.property(mutated, (line) => {
        const { events, counts } = decodeText(`${line}\n`);
        expect(counts.lines).toBe(line.split('\n').length);
        const silent = events.length === 0;
        if (silent) expect(/(?<![A-Za-z_])connect\(\d/.test(line)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  test('in any bytes at all never throws', () => {
    const bytes = fc.array(
      fc.oneof(
        fc.constantFrom(...lines, 'connect(', '"', '{', '<... connect resumed>', '\\', '/*', '<', '\n'),
        fc.string({ unit: 'binary' }),
      ),
    );
    fc.assert(
      fc.property(bytes, (parts) => {
        const { events, counts } = decodeText(Buffer.from(parts.join(''), 'latin1'));
        expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index));
        expect(counts.ignored).toBeLessThanOrEqual(counts.lines);
      }),
      { numRuns: 2000 },
    );
  });
});

const fixtures = fileURLToPath(new URL('../../../../fixtures/strace/', import.meta.url));
const traces = readdirSync(fixtures)
  .filter((name) => existsSync(`${fixtures}${name}/trace.txt`))
  .map((name) => readFileSync(`${fixtures}${name}/trace.txt`));

test('chunks may end anywhere', { timeout }, () => {
  fc.assert(
    fc.property(fc.constantFrom(...traces), fc.array(fc.nat(), { maxLength: 40 }), (trace, cuts) => {
      expect(decodeText(trace, cuts)).toEqual(decodeText(trace));
    }),
    { numRuns: 300 },
  );
});

test('lines may end in CR LF', { timeout }, () => {
  for (const trace of traces) {
    const text = trace.toString('latin1');
    expect(decodeText(text.replaceAll('\n', '\r\n')).events).toEqual(decodeText(text).events);
  }
});

/** Three threads whose calls are each in two halves, their lines merged in any order that keeps each thread's own. */
test('interleaved threads are joined right', { timeout }, () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 60 }), (turns) => {
      const calls = new Map<number, number>();
      const trace = [...turns, 1, 2, 3, 1, 2, 3].flatMap((tid) => {
        const half = calls.get(tid) ?? 0;
        calls.set(tid, half + 1);
        const port = tid * 1000 + Math.floor(half / 2);
        return half % 2 === 0
          ? [`${tid} 10.000001 connect(3, ${address.replace('443', String(port))}, 16 <unfinished ...>`]
          : [`${tid} 10.000002 <... connect resumed>) = -1 (errno ${port})`];
      });
      const connects = decodeText(`${trace.join('\n')}\n`).events.filter((event) => event.kind === 'connect');
      const finished = connects.filter(({ result }) => result !== null);
      expect(connects.length).toBe([...calls.values()].reduce((sum, halves) => sum + Math.ceil(halves / 2), 0));
      expect(finished.map(({ tid, port, result }) => [tid, port, result])).toEqual(
        finished.map(({ tid, port }) => [tid, port, -(port ?? 0)]),
      );
      expect(finished.every(({ tid, port }) => Math.floor((port ?? 0) / 1000) === tid)).toBe(true);
    }),
  );
});

const megabyte = 1_000_000;
const hostile: readonly (readonly [string, string])[] = [
  ['opening brackets', '('.repeat(megabyte)],
  ['quotes', '"'.repeat(megabyte)],
  ['backslashes', '\\'.repeat(megabyte)],
  ['comments', '/*'.repeat(megabyte / 2)],
  ['decorations', 'a<'.repeat(megabyte / 2)],
  ['socket decorations', '3<TCP:['.repeat(megabyte / 8)],
  ['results', ') = '.repeat(megabyte / 4)],
  ['question marks', '= ? '.repeat(megabyte / 4)],
  ['spaces', ' '.repeat(megabyte)],
  ['commas', ','.repeat(megabyte)],
  ['address groups', '{sa_family='.repeat(megabyte / 12)],
  ['interruptions', ' <unfinished ...>'.repeat(megabyte / 20)],
];

test.each(hostile)('a line of a megabyte of %s is read in the time of its length', { timeout }, (_, text) => {
  const event = (begin: string): readonly Event[] => decodeText(`${begin}${text}\n`).events;
  expect(event(`${prefix}connect(3, `).map(({ kind }) => kind)).toEqual(['unread']);
  expect(event(prefix).length + event(`${prefix}[`).length + event(`${prefix}<... `).length).toBeLessThan(4);
});

test('a line above the cap is unread, whatever it is, and the next one is read', { timeout }, () => {
  const events = decodeText(`${prefix}${'x'.repeat(1_200_000)}\n${lines[0]}\n`).events;
  expect(events.map(({ kind }) => kind)).toEqual(['unread', 'connect']);
});
