import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { AllowList, analyzeTrace } from '../../src/index.js';

/** A trace of `script/generate-trace.mjs`. */
const traceOf = (bytes: string, seed: number): Readable =>
  spawn(process.execPath, [join(import.meta.dirname, '../../../../script/generate-trace.mjs'), bytes, String(seed)]).stdout;

test('a long trace is judged as a whole: counts are exact, and the same on each reading', { timeout: 60_000 }, async () => {
  const [one, other] = [
    await analyzeTrace(traceOf('4M', 5), { allowlist: new AllowList([]) }),
    await analyzeTrace(traceOf('4M', 5), { allowlist: new AllowList([]) }),
  ];
  expect([one.verdict, one.gaps]).toEqual(['violations', []]);
  const own = { runId: '', provenance: null };
  expect({ ...one, ...own }).toEqual({ ...other, ...own });
  const counted = one.violations.reduce((sum, { count }) => sum + count, 0);
  expect(one.violations.flatMap(({ scopes }) => scopes).reduce((sum, { count }) => sum + count, 0)).toBe(counted);
  expect(one.violations.flatMap(({ scopes }) => scopes).every(({ method, scope }) => method === 'lineage' && scope?.kind === 'test')).toBe(
    true,
  );
});

test('what is too much for a list is counted', { timeout: 60_000 }, async () => {
  const address = (n: number): string => `${128 + (n % 60)}.${n & 255}.${(n >> 8) & 255}.7`;
  const line = (n: number): string =>
    `7 ${1_800_000_000 + n}.000001 connect(3<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(${n % 60_000}), sin_addr=inet_addr("${address(n)}")}, 16) = 0\n`;
  const damaged = '7 1800000000.000001 connect(3, {sa_family=AF_INET, sin_po\n';
  const lines = Array.from({ length: 25_000 }, (_, n) => (n % 10 === 0 ? damaged : '') + line(n));
  const report = await analyzeTrace(Readable.from([Buffer.from(lines.join(''))]), { allowlist: new AllowList([]), verbose: true });
  expect(report.violations).toHaveLength(10_000);
  expect(report.omitted).toEqual({ violating: 15_000, events: 5000 });
  expect(report.gaps.at(-1)).toEqual({ kind: 'unread', reason: '1500 more that are not listed' });
});
