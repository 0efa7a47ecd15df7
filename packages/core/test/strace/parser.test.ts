import { expect, test } from 'vitest';

import { StraceParser } from '../../src/sources/strace/parser.js';

const whole =
  '12 01:02:03.456789 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS (Operation now in progress)';
const [head, tail] = [
  '7 1.5 connect(3, {sa_family=AF_UNIX, sun_path=@"x"}, 4 <unfinished ...>',
  '7 2.5 <... connect resumed>) = -1 EAGAIN (Try again)',
];

test('a line with a connect gives its event', () => {
  expect(new StraceParser().parseLine(`${whole}\n`)).toEqual({
    source: 'strace',
    seq: 0,
    kind: 'connect',
    pid: 12,
    tid: 12,
    ts: 3723456789,
    timestamp: 3723.456789,
    family: 'AF_INET',
    addr: '192.0.2.1',
    port: 80,
    transport: null,
    result: 0,
    pending: true,
    rawLine: whole,
  });
});

test('a resumed connect has the time and address of its entry and the result of its end', () => {
  const parser = new StraceParser();
  expect(parser.parseLine(head)).toBeNull();
  expect(parser.parseLine(whole)?.port).toBe(80);
  expect(parser.parseLine(tail)).toMatchObject({ pid: 7, timestamp: 1.5, addr: '@x', result: -11, rawLine: `${head}\n${tail}` });
  expect(parser.skipped).toBe(0);
});

test('lines that are no part of a connect are skipped and counted', () => {
  const parser = new StraceParser();
  const lines = [
    '',
    'noise',
    '7 read(3, "", 1) = 0',
    whole,
    '7 +++ exited with 0 +++',
    '7 <... connect resumed>) = 0',
    '7 connect(3, {sa_fam',
  ];
  expect(lines.map((line) => parser.parseLine(line)?.kind ?? null)).toEqual([null, null, null, 'connect', null, null, null]);
  expect(parser.skipped).toBe(6);
});

test('a stream gives its connects in the order in which they returned, at the end those that never did', () => {
  const parser = new StraceParser();
  expect(parser.parseStream([])).toEqual([]);
  expect(parser.parseStream([head, whole]).map(({ tid, result }) => [tid, result])).toEqual([
    [12, 0],
    [7, null],
  ]);
});

test('no connect is lost when one line ends another call of its thread', () => {
  const parser = new StraceParser();
  expect(parser.parseLine(head)).toBeNull();
  expect(parser.parseLine(whole.replace('12', '7'))).toMatchObject({ addr: '@x', result: null });
  expect(parser.parseLine('7 +++ exited with 0 +++')).toMatchObject({ addr: '192.0.2.1', result: 0 });
});
