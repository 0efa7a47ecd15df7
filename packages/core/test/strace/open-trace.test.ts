import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createStraceDecoder } from '../../src/sources/strace/decoder.js';
import { openTrace } from '../../src/sources/strace/input/open-trace.js';
import { folderWith } from '../folder.js';

const connect = (port: number): string =>
  `connect(3, {sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("192.0.2.1")}, 16) = 0`;

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** `thread>port` of the connects of a saved trace and `unread` with its place, in their order, and what is said of the trace. */
const opened = async (path: string, stdin: AsyncIterable<Uint8Array> = nothing()) => {
  const input = openTrace(path, stdin);
  const decoder = createStraceDecoder();
  const events = [];
  for await (const part of input) events.push(...(part instanceof Uint8Array ? decoder.push(part) : decoder.pushLines(part)));
  events.push(...decoder.end());
  const seen = events.flatMap((event) => {
    if (event.kind === 'unread') return [`unread ${event.reason} (${event.line})`];
    return event.kind === 'connect' ? [`${event.tid}>${event.port}`] : [];
  });
  return { seen, problems: input.problems, notices: input.notices };
};

const lines = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `7 ${from + index + 1}.5 ${connect(from + index)}\n`).join('');

const ports = (count: number): string[] => Array.from({ length: count }, (_, index) => `7>${index}`);

describe('a packed trace', () => {
  test('is unpacked, from a file and from standard input', async () => {
    const packed = gzipSync(lines(3000));
    const expected = { seen: ports(3000), problems: [], notices: [] };
    expect(await opened(join(folderWith({ trace: packed }), 'trace'))).toEqual(expected);
    async function* bytes() {
      for (const byte of packed) yield Uint8Array.of(byte);
    }
    expect(await opened('-', bytes())).toEqual(expected);
  });

  test('may have several parts, as gzip appends them', async () => {
    const folder = folderWith({ trace: Buffer.concat([gzipSync(lines(5)), gzipSync(lines(5, 5))]) });
    expect(await opened(join(folder, 'trace'))).toEqual({ seen: ports(10), problems: [], notices: [] });
  });

  test('that is cut off anywhere is read as far as it goes, and has a problem', async () => {
    const packed = gzipSync(lines(300));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: packed.length - 1 }), async (end) => {
        async function* bytes() {
          yield packed.subarray(0, end);
        }
        const { seen, problems } = await opened('-', bytes());
        const whole = seen.filter((each) => !each.startsWith('unread'));
        expect(problems).toHaveLength(1);
        expect(whole).toEqual(ports(whole.length));
      }),
      { numRuns: 60 },
    );
    const most = await opened(join(folderWith({ trace: packed.subarray(0, packed.length - 8) }), 'trace'));
    expect(most).toEqual({ seen: ports(300), problems: [expect.stringContaining('cut off or damaged')], notices: [] });
  });

  test('that is damaged, or followed by something else, has a problem', async () => {
    const packed = gzipSync(lines(300));
    const damaged = Buffer.from(packed);
    damaged[packed.length >> 1] = (damaged[packed.length >> 1] ?? 0) ^ 0xff;
    const folder = folderWith({
      damaged,
      text: Buffer.concat([packed, Buffer.from(lines(1))]),
      zeros: Buffer.concat([packed, Buffer.alloc(9), Buffer.from(lines(1))]),
    });
    expect((await opened(join(folder, 'damaged'))).problems).toHaveLength(1);
    for (const name of ['text', 'zeros']) {
      const { seen, problems } = await opened(join(folder, name));
      expect(problems).toHaveLength(1);
      expect(seen.length).toBeGreaterThan(100);
    }
  });

  test('of another program is refused, with how to unpack it', async () => {
    const folder = folderWith({ trace: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]) });
    await expect(opened(join(folder, 'trace'))).rejects.toThrow(/packed by xz; unpack it: xz -dc/);
  });
});

describe('the files of single threads', () => {
  const timed = {
    'trace.5': `1.000001 ${connect(1)}\n1.000004 ${connect(4)}\n1.000004 ${connect(5)}\n`,
    'trace.40': `1.000002 ${connect(2)}\n1.000004 ${connect(6)}\n1.000007 ${connect(7)}\n`,
    'trace.6': `1.000003 ${connect(3)}\n`,
  };
  const inOrder = ['5>1', '40>2', '6>3', '5>4', '5>5', '40>6', '40>7'];

  test('are merged by time, by their folder or their common name; those of the same time by thread', async () => {
    const folder = folderWith(timed);
    expect(await opened(folder)).toEqual({ seen: inOrder, problems: [], notices: [] });
    expect(await opened(join(folder, 'trace'))).toEqual({ seen: inOrder, problems: [], notices: [] });
  });

  test('may be packed each, be empty, and stand beside other files', async () => {
    const folder = folderWith({ 'trace.5.gz': gzipSync(timed['trace.5']), 'trace.6': '', 'notes.txt': '', 'old.5/x': '' });
    const { seen, notices } = await opened(folder);
    expect(seen).toEqual(['5>1', '5>4', '5>5']);
    expect(notices).toEqual([expect.stringMatching(/not read: (?=.*notes\.txt)(?=.*old\.5)/)]);
  });

  test('without times are read one after the other, and that is said', async () => {
    const { seen, notices } = await opened(
      folderWith({ 'a.10': `${connect(2)}\n`, 'a.9': `${connect(1)}\n`, 'a.11': `1.5 ${connect(3)}\n` }),
    );
    expect(seen).toEqual(['9>1', '10>2', '11>3']);
    expect(notices).toEqual([expect.stringContaining('no time stamps')]);
  });

  test('may go on after midnight', async () => {
    const folder = folderWith({
      'a.5': `23:59:58 ${connect(1)}\n00:00:03 ${connect(4)}\n`,
      'a.6': `23:59:59 ${connect(2)}\n`,
      'a.7': `00:00:01 ${connect(3)}\n00:00:04 ${connect(5)}\n`,
    });
    expect((await opened(folder)).seen).toEqual(['5>1', '6>2', '7>3', '5>4', '7>5']);
  });

  test('name the file of a line that can not be read, and of a file that is cut off', async () => {
    const folder = folderWith({
      'a.5': `1.5 exit_group(0) = ?\n1.6 connect(3, {sa_fam\n`,
      'a.6.gz': gzipSync(`1.5 ${connect(1)}\n`).subarray(0, -4),
      'a.7': `1.5 ${connect(2)}`,
    });
    const { seen, problems } = await opened(folder);
    expect(seen).toEqual(['6>1', '7>2', 'unread a.7: the last line is cut off (1)', 'unread a.5: connect is cut off or damaged (2)']);
    expect(problems).toEqual([expect.stringMatching(/^a\.6\.gz: /)]);
  });

  test('of a thread that executed a program go on in the file of its leader', async () => {
    const folder = folderWith({
      'a.5': '1.5 +++ superseded by execve in pid 6 +++\n1.5 <... execve resumed>) = 0\n1.6 +++ exited with 0 +++\n',
      'a.6': '1.4 execve("/bin/true", ["true"], 0x1 /* 1 var */ <pid changed to 5 ...>\n',
    });
    const input = openTrace(folder, nothing());
    const decoder = createStraceDecoder();
    const events = [];
    for await (const part of input) if (!(part instanceof Uint8Array)) events.push(...decoder.pushLines(part));
    expect([...events, ...decoder.end()].map(({ kind, tid }) => `${tid} ${kind}`)).toEqual(['5 exec', '5 exit']);
  });

  test('of many threads, more than files that may be open', async () => {
    const count = 3000;
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`a.${index + 1}`, `1.5 ${connect(1)}\n3.5 ${connect(2)}\n`]),
    );
    const { seen } = await opened(folderWith(files));
    expect(seen.length).toBe(2 * count);
    expect(seen.slice(0, count).every((each) => each.endsWith('>1'))).toBe(true);
  });

  test.each([
    ['a folder without any', { 'trace.txt': '' }, /holds no traces of strace -ff/],
    ['a folder with those of several runs', { 'a.1': '', 'b.1': '' }, /holds several traces: a, b; name one, such as/],
  ])('%s is refused', async (_, files, expected) => {
    expect(() => openTrace(folderWith(files), nothing())).toThrow(expected);
  });

  test('any lines of any threads come in the order of their times, and none is lost', async () => {
    const threads = fc.uniqueArray(
      fc.record({ tid: fc.integer({ min: 1, max: 99 }), times: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }) }),
      {
        selector: ({ tid }) => tid,
        minLength: 1,
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(threads, async (all) => {
        const folder = mkdtempSync(join(tmpdir(), 'netaudit-open-'));
        try {
          const expected: { readonly at: number; readonly tid: number; readonly index: number }[] = [];
          for (const { tid, times } of all) {
            const sorted = [...times].sort((a, b) => a - b);
            expected.push(...sorted.map((at, index) => ({ at, tid, index })));
            writeFileSync(join(folder, `t.${tid}`), sorted.map((at, index) => `${at}.000000 ${connect(index)}\n`).join(''));
          }
          expected.sort((a, b) => a.at - b.at || a.tid - b.tid || a.index - b.index);
          expect((await opened(folder)).seen).toEqual(expected.map(({ tid, index }) => `${tid}>${index}`));
        } finally {
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

test('a trace that is not there is refused while it is read', async () => {
  await expect(opened('/no-such-folder/trace')).rejects.toThrow(/cannot read the trace '\/no-such-folder\/trace': no such file/);
});
