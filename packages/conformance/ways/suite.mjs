// The tests that are run under an auditor: one for each way of the plan, which the runner wrote. They never fail by themselves.
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { takes } from './javascript.mjs';

const { ways, program, results } = JSON.parse(readFileSync(process.env.WAYS_PLAN, 'utf8'));

for (const way of ways) {
  test(way.title, { timeout: 20_000 }, async () => {
    const outcome = way.run === 'native' ? takeNative(way) : await takes[way.id](way);
    appendFileSync(results, `${JSON.stringify({ title: way.title, ...outcome })}\n`);
  });
}

test('the last one waits for what comes late', () => new Promise((resolve) => setTimeout(resolve, 500)));

function takeNative({ id, address, port, outside = '' }) {
  const { status, stderr } = spawnSync(program, [id, address, String(port), outside], { encoding: 'utf8', timeout: 15_000 });
  return { status, said: stderr.trim() };
}
