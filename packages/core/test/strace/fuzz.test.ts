import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Event } from '../../src/model/event.js';
import { decodeText } from './decode-text.js';

/**
 * `npm run fuzz -- --seconds 60` runs these for a longer time, with other seeds; a failure prints the seed and the path that `--seed` takes.
 * Without it each runs a little, with seeds of its own.
 */
const properties = 6;
const seconds = Number(process.env['NETAUDIT_FUZZ_SECONDS'] ?? '0') / properties;
const [seed, path] = (process.env['NETAUDIT_FUZZ_SEED'] ?? '').split('/');
const settings = {
  ...(seconds > 0
    ? { numRuns: Number.POSITIVE_INFINITY, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false }
    : { numRuns: 400 }),
  ...(seed && { seed: Number(seed) }),
  ...(path && { path, endOnFailure: true }),
};
const timeout = 120_000 + 2000 * seconds;

const address = (port: number): string => `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("192.0.2.1")}`;
const text = fc.string({
  unit: fc.constantFrom('a', ' ', '{', '}', '(', ')', '<', '>', ',', '=', '\\"', '\\\\', '\\n', '\\0', 'connect(3, {sa_family='),
});

/** A prefix of each kind, for a thread. */
const prefix = fc.constantFrom<((tid: number) => string)[]>(
  (tid) => `${tid} `,
  (tid) => `${tid} 1795203901.527524 `,
  (tid) => `${String(tid).padEnd(5)} 19:45:01.518533 `,
  (tid) => `[pid ${String(tid).padStart(5)}] `,
  (tid) => `${tid}<we\\76ird] n> 1795203901 [  42] [00007fbd2abc17c0] `,
  (tid) => `\x1b[0m[\x1b[35mpid ${tid}\x1b[0m]\x1b[35m 19:45:01 (+     0.000012) `,
);

/** One call with a destination, in each of its forms; every one has a port of its own. */
const call = fc.record({
  form: fc.constantFrom<((port: number, text: string) => readonly [string, string])[]>(
    (port) => [`connect(3, ${address(port)}, 16`, ') = 0'],
    (port) => [`connect(3<TCP:[${port}]>, ${address(port)}, 16`, ') = -1 EINPROGRESS (Operation now in progress) <0.000056>'],
    (port) => [`connect(sockfd=3<UNIX-STREAM:[1->2,"/run/]>"]>, addr=${address(port)}, addrlen=16`, ')   = -1 ECONNREFUSED (В соединении)'],
    (port) => [
      `connect(3, {sa_family=0x2, sin_port="\\x${hex(port >> 8)}\\x${hex(port & 255)}", sin_addr="\\xc0\\x00\\x02\\x01"}, 16`,
      ') = 0',
    ],
    (port, data) => [`sendto(3, "${data}", 3, 0, ${address(port)}, 16`, ') = 3'],
    (port, data) => [`sendmsg(3, {msg_name=${address(port)}, msg_namelen=16, msg_iov=[{iov_base="${data}", iov_len=3}]}, 0`, ') = 3'],
    (port) => [`sendmmsg(3, `, `[{msg_hdr={msg_name=${address(port)}, msg_namelen=16}, msg_len=1}], 1, 0) = 1`],
  ),
  text,
});

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** A line that is no evidence, whatever its strings say. */
const other = text.map((data) => `write(1, "${data}", 5) = 5`);

type Part = { readonly tid: number; readonly lines: readonly string[] };
type Trace = { readonly lines: readonly string[]; readonly ports: readonly number[] };

/** What some threads do, each line of them in any order that keeps each thread's own. Ports count from 1000, one a call. */
const traces: fc.Arbitrary<Trace> = fc
  .array(
    fc.record({
      tid: fc.integer({ min: 100, max: 104 }),
      prefix,
      call: fc.option(call, { freq: 4 }),
      other,
      half: fc.boolean(),
      turn: fc.nat({ max: 9 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) => {
    const ports: number[] = [];
    const parts = steps.map((step, index): Part => {
      const begin = step.prefix(step.tid);
      if (step.call === null) return { tid: step.tid, lines: [`${begin}${step.other}`] };
      const port = 1000 + index;
      ports.push(port);
      const [head, tail] = step.call.form(port, step.call.text);
      if (!step.half) return { tid: step.tid, lines: [`${begin}${head}${tail}`] };
      const name = /^\w+/.exec(head)?.[0];
      return { tid: step.tid, lines: [`${begin}${head} <unfinished ...>`, `${begin}<... ${name} resumed>${tail}`] };
    });
    return {
      lines: interleave(
        parts,
        steps.map(({ turn }) => turn),
      ),
      ports,
    };
  });

const interleave = (parts: readonly Part[], turns: readonly number[]): string[] => {
  const queues = new Map<number, string[]>();
  for (const { tid, lines } of parts) queues.set(tid, [...(queues.get(tid) ?? []), ...lines]);
  const out: string[] = [];
  for (let turn = 0; queues.size > 0; turn += 1) {
    const tids = [...queues.keys()];
    const tid = tids[(turns[turn % turns.length] ?? 0) % tids.length] ?? 0;
    const queue = queues.get(tid) ?? [];
    out.push(...queue.splice(0, 1));
    if (queue.length === 0) queues.delete(tid);
  }
  return out;
};

const portsOf = (events: readonly Event[]): number[] =>
  events
    .flatMap((event) => ((event.kind === 'connect' || event.kind === 'send') && event.port !== null ? [event.port] : []))
    .sort((a, b) => a - b);

const count = (events: readonly Event[], kind: Event['kind']): number => events.filter((event) => event.kind === kind).length;

const decode = (trace: string): readonly Event[] => {
  const { events, counts } = decodeText(Buffer.from(trace, 'latin1'));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  expect(counts.ignored).toBeLessThanOrEqual(counts.lines);
  return events;
};

/** Another call or the second half of one, cut anywhere behind its first letter. */
const noEvidence = /[ m](?:w|wr|wri|writ|write(?:\(.*)?|<.*)$/s;

/** Calls that are neither an event nor said to be unread: none may be missing. */
const silent = (events: readonly Event[], ports: readonly number[]): number =>
  ports.filter((port) => !portsOf(events).includes(port)).length - count(events, 'unread') - events.filter(isPlaceless).length;

/** An egress whose address could not be read is an event too. */
const isPlaceless = (event: Event): boolean => (event.kind === 'connect' || event.kind === 'send') && event.port === null;

describe('a trace', () => {
  test('gives each call once, with its port, however the lines of its threads are interleaved', { timeout }, () => {
    fc.assert(
      fc.property(traces, ({ lines, ports }) => {
        const events = decode(`${lines.join('\n')}\n`);
        expect(portsOf(events)).toEqual(ports);
        expect(count(events, 'unread')).toBe(0);
      }),
      settings,
    );
  });

  test('that is cut off at its end loses no call that had begun in it', { timeout }, () => {
    fc.assert(
      fc.property(traces, fc.nat(), ({ lines, ports }, at) => {
        const whole = `${lines.join('\n')}\n`;
        const cut = whole.slice(0, at % (whole.length + 1));
        const begun = ports.filter((port) => cut.includes(`htons(${port})`));
        const events = decode(cut);
        expect(silent(events, begun)).toBeLessThanOrEqual(0);
        const last = cut.slice(cut.lastIndexOf('\n') + 1);
        if (last !== '' && !noEvidence.test(last)) expect(count(events, 'unread')).toBeGreaterThan(0);
      }),
      settings,
    );
  });

  test('whose beginning is cut off loses no call of which the result is left', { timeout }, () => {
    fc.assert(
      fc.property(traces, fc.nat(), ({ lines }, at) => {
        const first = lines[0] ?? '';
        const rest = `${first.slice(at % first.length)}\n`;
        fc.pre(!first.includes('write(1') && /\) *= (?:-1 |\d)/.test(rest));
        expect(decode(rest).length).toBeGreaterThan(0);
      }),
      settings,
    );
  });

  test('in which a line is cut and the next one follows loses neither', { timeout }, () => {
    fc.assert(
      fc.property(traces, fc.nat(), fc.nat(), ({ lines, ports }, which, at) => {
        const index = which % lines.length;
        const line = lines[index] ?? '';
        const glued = lines.flatMap((each, number) => (number === index ? [] : [each]));
        const cut = line.slice(0, at % (line.length + 1));
        glued[index] = `${cut}${glued[index] ?? ''}`;
        const left = ports.filter((port) => glued.some((each) => each.includes(`htons(${port})`)));
        const events = decode(`${glued.join('\n')}\n`);
        const missing = left.filter((port) => !portsOf(events).includes(port));
        if (missing.length > 0) expect(count(events, 'unread') + events.filter(isPlaceless).length).toBeGreaterThan(0);
      }),
      settings,
    );
  });

  test('in which one byte is wrong keeps all calls of other lines', { timeout }, () => {
    fc.assert(
      fc.property(traces, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), ({ lines }, which, at, byte) => {
        const index = which % lines.length;
        const line = lines[index] ?? '';
        const place = at % line.length;
        const damaged = `${line.slice(0, place)}${String.fromCharCode(byte)}${line.slice(place + 1)}`;
        const trace = lines.map((each, number) => (number === index ? damaged : each));
        const events = decode(`${trace.join('\n')}\n`);
        const others = lines.flatMap((each, number) => {
          const port = /htons\((\d+)\)/.exec(each)?.[1];
          return number === index || port === undefined || each.includes('sendmmsg resumed') ? [] : [Number(port)];
        });
        const missing = others.filter((port) => !portsOf(events).includes(port));
        if (missing.length > 0) expect(count(events, 'unread') + events.filter(isPlaceless).length).toBeGreaterThan(0);
      }),
      settings,
    );
  });
});

test('any bytes at all are read without an error, in any chunks, to the same events', { timeout }, () => {
  const bytes = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: traces.map(({ lines }) => `${lines.join('\n')}\n`) },
      fc.constantFrom(
        'connect(',
        '"',
        '{',
        '<... connect resumed>',
        '\\',
        '/*',
        '<',
        '\n',
        '\r\n',
        'strace: ',
        '+++ exited with 0 +++',
        '= -1 ',
        '\x1b[',
      ),
      fc.string({ unit: 'binary' }),
    ),
  );
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(), { maxLength: 8 }), (parts, cuts) => {
      const trace = Buffer.from(parts.join(''), 'latin1');
      expect(decodeText(trace, cuts)).toEqual(decodeText(trace));
    }),
    settings,
  );
});
