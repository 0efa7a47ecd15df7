import { expect, test } from 'vitest';
import { toJsonLines } from '../../src/index.js';
import { connectEvent } from '../judged-event.js';

test('each event is one line that parses to it, whatever its strings hold', async () => {
  const events = [connectEvent({}), connectEvent({ to: ['AF_UNIX', 'a\nb\u2028\u001b[31m\u009b', null], seq: 2 })];
  const lines: string[] = [];
  for await (const line of toJsonLines(events)) lines.push(line);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
  expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  expect(lines.join('')).toMatch(/^(?:\n|[^\p{Cc}\u2028])*$/u);
});
