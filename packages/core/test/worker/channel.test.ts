import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openChannel } from '../../src/integration/worker/channel.js';
import { answerFile, bellFile, sessionFile } from '../../src/model/session.js';

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

/** The numbers of the descriptors that are open on a file. */
const descriptorsOf = (path: string): number[] =>
  readdirSync('/proc/self/fd')
    .filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === path;
      } catch {
        return false;
      }
    })
    .map(Number);

/** The number of the descriptor that the channel reads answers from. */
const descriptor = (): number => descriptorsOf(answerFile(folder, 'w'))[0] ?? -1;

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

/** Both ends of the bell's FIFO in one descriptor, as the supervisor has it. */
const openBell = (): number => {
  execFileSync('mkfifo', [bellFile(folder)]);
  return openSync(bellFile(folder), constants.O_RDWR | constants.O_NONBLOCK);
};

const heard = (bell: number): string => {
  const buffer = Buffer.alloc(8192);
  return buffer.toString('latin1', 0, readSync(bell, buffer));
};

test('a question is one line in the bell, with the nonce of the run', () => {
  const bell = openBell();
  const before = Date.now() * 1000;
  expect(open().ask(3, 'a.test > b')).toBe(true);
  const line = heard(bell);
  const { at, ...question } = JSON.parse(line) as { at: number };
  expect([line.endsWith('\n'), question]).toEqual([true, { nonce, worker: 'w', n: 3, scope: 'a.test > b' }]);
  expect(Math.abs(at - before)).toBeLessThan(1_000_000);
  closeSync(bell);
});

test('a thread rings for a question that is in the trace', () => {
  const bell = openBell();
  open().ring();
  expect(heard(bell)).toBe('\n');
  closeSync(bell);
});

test('a question that no line can carry whole, or that nobody hears, is not asked so', () => {
  const deaf = open();
  const bell = openBell();
  const channel = open();
  expect([deaf.ask(1, 'a'), channel.ask(1, 'a'.repeat(5000))]).toEqual([false, false]);
  const full = Buffer.alloc(65_536);
  writeSync(bell, full);
  expect(channel.ask(1, 'a')).toBe(false);
  closeSync(bell);
});

test('a file that got the number of the closed bell is not written into', () => {
  const bell = openBell();
  const channel = open();
  closeSync(descriptorsOf(bellFile(folder)).filter((fd) => fd !== bell)[0] ?? -1);
  const other = join(folder, 'other');
  const reused = openSync(other, 'w');
  expect(channel.ask(1, 'a')).toBe(false);
  expect(readFileSync(other, 'utf8')).toBe('');
  closeSync(reused);
  closeSync(bell);
});

test('links to packages are resolved as before after a thread has rung', () => {
  const bell = openBell();
  mkdirSync(join(folder, 'store/pkg'), { recursive: true });
  for (const name of ['a.mjs', 'b.mjs']) writeFileSync(join(folder, 'store/pkg', name), 'export const at = import.meta.url;');
  symlinkSync('store/pkg', join(folder, 'pkg'));
  writeFileSync(sessionFile(folder), JSON.stringify({ nonce, mode: 'fail' }));
  const code = `
    import { startRecorder } from ${JSON.stringify(worker)};
    const at = async (name) => (await import(${JSON.stringify(join(folder, 'pkg'))} + '/' + name)).at;
    const before = await at('a.mjs');
    startRecorder({ folder: ${JSON.stringify(folder)}, nonce: '${nonce}', mode: 'fail' });
    console.log(before, await at('b.mjs'));`;
  const [before, after] = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }).trim().split(' ');
  expect([before, after]).toEqual([expect.stringContaining('/store/pkg/a.mjs'), expect.stringContaining('/store/pkg/b.mjs')]);
  closeSync(bell);
});

/** As built: Node resolves, and not Vitest. */
const worker = new URL('../../dist/integration/worker/index.js', import.meta.url).href;
