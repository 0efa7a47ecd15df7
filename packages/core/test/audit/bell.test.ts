import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBell } from '../../src/audit/bell.js';
import { bellFile, type Question } from '../../src/model/session.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bell-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nonce = 'a'.repeat(32);
const question: Question = { nonce, worker: 'w', n: 1, scope: 'a.test', at: 5 };

/** What the bell says of lines that are written into it. */
const heardOf = async (...pieces: string[]): Promise<readonly (Question | null)[]> => {
  const heard: (Question | null)[] = [];
  const bell = openBell(folder, nonce, (rung) => heard.push(rung));
  for (const piece of pieces) {
    appendFileSync(bellFile(folder), piece);
    await sleep(20);
  }
  bell.close();
  return heard;
};

test('a question is heard whole, in whatever pieces it comes', async () => {
  const line = `${JSON.stringify(question)}\n`;
  expect(await heardOf(line, line.slice(0, 20), line.slice(20))).toEqual([question, question]);
});

test('who rings without a question asks for no answer', async () => {
  expect(await heardOf('\n')).toEqual([null]);
});

test.each([
  ['another nonce', JSON.stringify({ ...question, nonce: 'b'.repeat(32) })],
  ['no JSON', '{"nonce"'],
  ['another form', JSON.stringify({ ...question, n: '1' })],
  ['null', 'null'],
])('a line with %s asks nothing', async (_, line) => {
  expect(await heardOf(`${line}\n`)).toEqual([null]);
});
