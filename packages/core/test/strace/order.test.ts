import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import type { Event } from '../../src/model/event.js';
import { decodeText } from './decode-text.js';

const aim = (port: number): string => `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("192.0.2.1")}`;
const connect = (tid: number, port = tid): string => `${tid} connect(3, ${aim(port)}, 16) = 0`;
const thread = 'flags=CLONE_VM|CLONE_THREAD';

const told = (...lines: string[]): string[] => decodeText(lines.map((line) => `${line}\n`).join('')).events.map(brief);

const brief = (event: Event): string => {
  if (event.kind === 'fork') return `${event.tid}>${event.child}${event.thread ? ' thread' : ''}`;
  return `${event.kind} ${event.tid} of ${event.pid}${event.kind === 'connect' ? ` = ${event.result}` : ''}`;
};

describe('a child that is printed before its parent', () => {
  test('is announced at once when one birth is under way, and only once', () => {
    expect(told(connect(1), `1 clone(${thread} <unfinished ...>`, connect(2), '1 <... clone resumed>) = 2', connect(2))).toEqual([
      'connect 1 of 1 = 0',
      '1>2 thread',
      'connect 2 of 1 = 0',
      'connect 2 of 1 = 0',
    ]);
  });

  test('is announced by a line that is no evidence itself', () => {
    expect(told('1 vfork( <unfinished ...>', '2 set_robust_list(0x1, 24) = 0')).toEqual(['1>2']);
  });

  test('waits while several births are under way', () => {
    const births = ['1 fork() = 9', '1 clone(flags=SIGCHLD <unfinished ...>', `9 clone(${thread} <unfinished ...>`];
    expect(told(...births, connect(4), connect(5), '9 <... clone resumed>) = 4')).toEqual([
      '1>9',
      '9>4 thread',
      'connect 4 of 9 = 0',
      '1>5',
      'connect 5 of 5 = 0',
    ]);
  });

  test('takes the only parent left when the other birth failed', () => {
    const births = ['1 fork() = 9', '1 clone(flags=SIGCHLD <unfinished ...>', `9 clone(${thread} <unfinished ...>`];
    expect(told(...births, connect(4), '1 <... clone resumed>) = -1 EAGAIN (Resource temporarily unavailable)')).toEqual([
      '1>9',
      '9>4 thread',
      'connect 4 of 9 = 0',
    ]);
  });

  test('is nobody’s when a possible parent died without an answer', () => {
    const births = ['1 fork() = 9', '1 clone(flags=SIGCHLD <unfinished ...>', `9 clone(${thread} <unfinished ...>`];
    expect(told(...births, connect(4), '1 +++ killed by SIGKILL +++')).toEqual(['1>9', 'connect 4 of 4 = 0', 'exit 1 of 1']);
  });

  test('is released at the end of the trace', () => {
    const births = ['1 fork() = 9', '1 clone(flags=SIGCHLD <unfinished ...>', `9 clone(${thread} <unfinished ...>`];
    expect(told(...births, connect(4))).toEqual(['1>9', 'connect 4 of 4 = 0']);
  });

  test('keeps its number free after it ended', () => {
    const first = [`1 clone(${thread} <unfinished ...>`, '2 +++ exited with 0 +++', '1 <... clone resumed>) = 2'];
    expect(told(...first, '1 clone(flags=SIGCHLD <unfinished ...>', connect(2), '1 <... clone resumed>) = 2')).toEqual([
      '1>2 thread',
      'exit 2 of 1',
      '1>2',
      'connect 2 of 2 = 0',
    ]);
  });

  test('is not given to a birth that the tracer is not told of', () => {
    const told2 = told('1 clone(flags=CLONE_UNTRACED|SIGCHLD <unfinished ...>', connect(2), '1 <... clone resumed>) = 3');
    expect(told2).toEqual(['connect 2 of 2 = 0', '1>3', 'blind 1 of 1']);
  });
});

test('processes that fork all at once: every child has the parent whose call returned its number, and comes after it', () => {
  const trace = readFileSync(new URL('../../../../fixtures/strace/crowd/trace.txt', import.meta.url));
  const { events } = decodeText(trace);
  const returned = [...trace.toString().matchAll(/^(\d+) .*clone(?:\(| resumed>).*\) = (\d+)$/gm)].map(
    (match) => `${match[1]}>${match[2]}`,
  );
  expect(returned.length).toBe(39);
  expect(
    events
      .filter(({ kind }) => kind === 'fork')
      .map(brief)
      .sort(),
  ).toEqual(returned.sort());
  const born = new Set([events[0]?.tid]);
  for (const event of events) {
    expect(born).toContain(event.tid);
    if (event.kind === 'fork') born.add(event.child);
  }
});

describe('a call in two halves', () => {
  test('execve in a thread goes on under the number of the leader, whose own call is given up', () => {
    const lines = ['1 fork() = 7', `1 clone(${thread}) = 2`, `1 connect(3, ${aim(1)}, 16 <unfinished ...>`];
    const exec = ['2 execve("/bin/true", ["true"], 0x1 /* 2 vars */ <pid changed to 1 ...>', '1 +++ superseded by execve in pid 2 +++'];
    expect(told(...lines, ...exec, '1 <... execve resumed>) = 0', '1 +++ exited with 0 +++')).toEqual([
      '1>7',
      '1>2 thread',
      'connect 1 of 1 = null',
      'exec 1 of 1',
      'exit 1 of 1',
    ]);
  });

  test('leaves the number of the thread that called execve free for a process', () => {
    const exec = [
      '2 execve("/bin/true", ["true"], 0x1 <pid changed to 1 ...>',
      '1 +++ superseded by execve in pid 2 +++',
      '1 <... execve resumed>) = 0',
    ];
    expect(told(`1 clone(${thread}) = 2`, ...exec, '1 fork() = 2', connect(2))).toEqual([
      '1>2 thread',
      'exec 1 of 1',
      '1>2',
      'connect 2 of 2 = 0',
    ]);
  });

  test('is a connect without result when its thread dies, calls again, or the trace ends', () => {
    const half = `1 connect(3, ${aim(1)}, 16 <unfinished ...>`;
    expect(told(half, '1 +++ killed by SIGKILL +++')).toEqual(['connect 1 of 1 = null', 'exit 1 of 1']);
    expect(told(half, connect(1))).toEqual(['connect 1 of 1 = null', 'connect 1 of 1 = 0']);
    expect(told(half)).toEqual(['connect 1 of 1 = null']);
    expect(told('1 connect(3, <unfinished ...>')).toEqual(['unread 1 of 1']);
    expect(told(`1 sendto(3, "x", 1, 0, ${aim(1)}, 16 <detached ...>`)).toEqual(['send 1 of 1']);
  });

  test('is not joined with the half of another call', () => {
    expect(told(`1 connect(3, ${aim(1)}, 16 <unfinished ...>`, '1 <... sendto resumed>) = 3')).toEqual([
      'connect 1 of 1 = null',
      'unread 1 of 1',
    ]);
  });

  test('goes on in the next line where strace wrote a message into it', () => {
    expect(told('clone(flags=SIGCHLDstrace: Process 8 attached', ', child_tidptr=0x1) = 8')).toEqual(['0>8']);
    expect(told('clone(flags=SIGCHLDstrace: Process 8 attached', ' <unfinished ...>', `[pid 8] connect(3, ${aim(8)}, 16) = 0`)).toEqual([
      '0>8',
      'connect 8 of 8 = 0',
    ]);
    expect(told('connect(4, strace: umoven: short read (8 < 16) @0xf7f92ff8', '0xf7f92ff8, 16)  = -1 EFAULT (Bad address)')).toEqual([
      'connect 0 of 0 = -14',
    ]);
  });
});

test('the last line without a line end is unread when it can be evidence', () => {
  const last = (text: string): string[] => decodeText(text).events.map(({ kind }) => kind);
  expect(last(connect(1))).toEqual(['connect', 'unread']);
  expect(last('1 conn')).toEqual(['unread']);
  expect(last('1 <... conn')).toEqual(['unread']);
  expect(last('1 set_robust_list(0x1')).toEqual([]);
});

describe('time', () => {
  const times = (...stamps: string[]): number[] =>
    decodeText(stamps.map((stamp) => `1 ${stamp}${connect(1).slice(2)}\n`).join('')).events.map(({ ts }) => ts);

  test('is exact to the microsecond', () => {
    expect(times('1795203901.527524 ', '1795203901.610218514 ', '')).toEqual([1795203901527524, 1795203901610218, 0]);
  });

  test('of day goes on past midnight', () => {
    expect(times('23:59:59.5 ', '00:00:00.25 ', '12:00:00 ', '23:00:00 ', '00:00:01 ')).toEqual([
      86399.5e6, 86400.25e6, 129600e6, 169200e6, 172801e6,
    ]);
  });

  test('since the line before is no time', () => {
    expect(times('      0.000013 ', '12:00:00 (+     0.000012) ')).toEqual([0, 43200e6]);
  });
});
