import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStraceDecoder, type Event, StraceRunner, type TraceDecoder } from '@netaudit/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Every decoder of a trace format, with a way to record a real trace of a command. */
const sources: readonly {
  readonly name: string;
  readonly decoder: () => TraceDecoder;
  readonly record: (argv: string[], file: string) => Promise<readonly Event[]>;
}[] = [
  {
    name: 'strace',
    decoder: () => createStraceDecoder(),
    record: async (argv, keepTrace) => (await new StraceRunner(argv, { keepTrace }).run()).events,
  },
];

const script = `
const { spawnSync } = require('node:child_process');
const { Worker } = require('node:worker_threads');
require('node:net').connect(9, '127.0.0.1').on('error', () => {});
require('node:net').connect(9, '::1').on('error', () => {});
const socket = require('node:dgram').createSocket('udp4');
socket.send('x', 9, '127.0.0.1', () => socket.close());
spawnSync('sh', ['-c', 'true']);
new Worker("require('node:net').connect(10, '127.0.0.1').on('error', () => {})", { eval: true });
`;

describe.each(sources)('source $name', ({ decoder, record }) => {
  const folder = mkdtempSync(join(tmpdir(), 'source-'));
  const file = join(folder, 'trace');
  let live: readonly Event[] = [];
  let bytes = Buffer.alloc(0);
  beforeAll(async () => {
    live = await record([process.execPath, '-e', script], file);
    bytes = readFileSync(file);
  }, 30_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const replay = (chunks: readonly Uint8Array[]): Event[] => {
    const reader = decoder();
    return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
  };

  it('sees the connections of the process, of its thread, and its datagram', () => {
    const aims = live.flatMap((event) =>
      event.kind === 'connect' || event.kind === 'send' ? `${event.kind} ${event.addr}:${event.port}` : [],
    );
    expect(aims).toEqual(expect.arrayContaining(['connect 127.0.0.1:9', 'connect ::1:9', 'send 127.0.0.1:9', 'connect 127.0.0.1:10']));
  });

  it('gives every event its place: seq without holes, whole µs, pid and tid', () => {
    expect(live.map((event) => event.seq)).toEqual(live.map((_, index) => (live[0]?.seq ?? 0) + index));
    for (const event of live) {
      expect(Number.isInteger(event.ts) && event.ts > 1e15, JSON.stringify(event)).toBe(true);
      expect(event.pid > 0 && event.tid > 0, JSON.stringify(event)).toBe(true);
    }
  });

  it('tells of a task before anything the task does', () => {
    const known = new Set([live[0]?.tid]);
    for (const event of live) {
      expect(known, JSON.stringify(event)).toContain(event.tid);
      if (event.kind === 'fork') known.add(event.child);
    }
  });

  it('ends every task that it began', () => {
    const begun = new Set([live[0]?.tid, ...live.flatMap((event) => (event.kind === 'fork' ? event.child : []))]);
    const ended = new Set(live.flatMap((event) => (event.kind === 'exit' ? event.tid : [])));
    expect(ended).toEqual(begun);
  });

  it('replays a kept trace to the very events of the live run, however it is cut into chunks', () => {
    expect(replay([bytes])).toEqual(live);
    expect(replay([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(live);
  });

  it('turns a trace that is cut inside a connection into an event or an unread, never silence', () => {
    const at = bytes.indexOf('connect(', bytes.indexOf('AF_INET'));
    const cut = replay([bytes.subarray(0, at + 20)]);
    const whole = replay([bytes.subarray(0, bytes.lastIndexOf('\n', at) + 1)]);
    expect(cut.length).toBeGreaterThan(whole.length);
  });

  it('does not throw on bytes of any kind', () => {
    const noise = Uint8Array.from({ length: 65_536 }, (_, index) => (index * 7919) % 256);
    expect(() => replay([noise])).not.toThrow();
  });
});
