import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openChannel } from '../../src/integration/worker/channel.js';
import { answerFile } from '../../src/model/session.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'channel-'));
  mkdirSync(join(folder, 'answers'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nonce = '0'.repeat(32);
const answer = { n: 1, violations: [], begun: [] };
const open = () => openChannel(folder, nonce, 'w');
const say = (text: string): void => writeFileSync(answerFile(folder, 'w'), text, { flag: 'a' });

/** The number of the descriptor that the channel reads answers from. */
const descriptor = (): number =>
  Number(
    readdirSync('/proc/self/fd').find((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === answerFile(folder, 'w');
      } catch {
        return false;
      }
    }),
  );

test('an answer is found where the supervisor writes it', () => {
  const channel = open();
  say(`${JSON.stringify(answer)}\n`);
  expect(channel.wait(1, 1000)).toEqual(answer);
});

test('a thread whose folder was deleted goes on without answers', () => {
  rmSync(folder, { recursive: true });
  const channel = open();
  channel.write([]);
  expect([channel.look(), channel.wait(1, 10)]).toEqual([[], null]);
});

test.each([
  ['deleted', () => rmSync(answerFile(folder, 'w'))],
  ['closed', () => closeSync(descriptor())],
])('a thread whose answer file was %s does not wait for what can not come', { timeout: 3000 }, (_, end) => {
  const channel = open();
  end();
  expect(channel.wait(1, 6000)).toBeNull();
});

test('a file that got the number of the closed answer file is not read as answers', () => {
  const channel = open();
  const fd = descriptor();
  closeSync(fd);
  const other = join(folder, 'other');
  writeFileSync(other, `${JSON.stringify(answer)}\n`);
  const reused = openSync(other, 'r');
  expect(reused).toBe(fd);
  expect([channel.look(), channel.wait(1, 10)]).toEqual([[], null]);
  closeSync(reused);
});

test('a line that is no answer is passed over', () => {
  const channel = open();
  say(`not JSON\n${JSON.stringify(answer)}\n`);
  expect(channel.look()).toEqual([answer]);
});
