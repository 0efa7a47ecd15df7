import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readInBatches } from '../../src/process/batches.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batches-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Both ends of a new FIFO. */
const makePipe = (): { readonly reader: number; readonly writer: number } => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { reader, writer: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK) };
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await sleep(1);
};

test('what is written during the rest is read when it is drained, before that returns', async () => {
  const { reader, writer } = makePipe();
  const got: string[] = [];
  const note = (batch: Buffer): null => {
    got.push(batch.toString());
    return null;
  };
  const batches = readInBatches(reader, note, { least: 60_000, most: 60_000 });
  writeSync(writer, 'first');
  await until(() => got.length > 0);
  writeSync(writer, 'second');
  writeSync(writer, 'third');
  await sleep(50);
  expect(got).toEqual(['first']);
  batches.drain();
  expect(got).toEqual(['first', 'secondthird']);
  batches.socket.destroy();
  closeSync(writer);
});

test('what is written during the rest is read after it, and the end comes last', async () => {
  const { reader, writer } = makePipe();
  let text = '';
  const { socket } = readInBatches(reader, (batch) => {
    text += batch.toString();
    return null;
  });
  for (let n = 0; n < 100; n += 1) {
    writeSync(writer, `${n},`);
    if (n % 10 === 0) await sleep(1);
  }
  closeSync(writer);
  await once(socket, 'close');
  expect(text).toBe(Array.from({ length: 100 }, (_, n) => `${n},`).join(''));
});

test('a pipe that was full is read on at once', async () => {
  const { reader, writer } = makePipe();
  writeSync(writer, Buffer.alloc(65_536, 'x'));
  let size = 0;
  const count = (batch: Buffer): null => {
    size += batch.length;
    return null;
  };
  const { socket } = readInBatches(reader, count, { least: 60_000, most: 60_000 });
  await until(() => size === 65_536);
  writeSync(writer, 'more');
  await until(() => size === 65_540);
  socket.destroy();
  closeSync(writer);
});

test('nothing more is read before the batch is done with', async () => {
  const { reader, writer } = makePipe();
  let done = (): void => undefined;
  const got: string[] = [];
  const batches = readInBatches(reader, (batch) => {
    got.push(batch.toString());
    return got.length > 1
      ? null
      : new Promise((resolve) => {
          done = resolve;
        });
  });
  writeSync(writer, 'first');
  await until(() => got.length > 0);
  writeSync(writer, 'second');
  await sleep(50);
  expect(got).toEqual(['first']);
  done();
  await until(() => got.length > 1);
  batches.socket.destroy();
  closeSync(writer);
});
