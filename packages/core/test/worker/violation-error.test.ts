import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { codeFrame } from '../../src/integration/worker/code-frame.js';
import type { LocatedViolation } from '../../src/integration/worker/recorder.js';
import { NetworkViolationError } from '../../src/integration/worker/violation-error.js';

const folder = mkdtempSync(join(tmpdir(), 'source-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'pay.ts');
writeFileSync(file, ['const a = 1;', '', 'export const pay = () => {', '\treturn fetch(url);', '};', '', ''].join('\n'));

const runner = { pid: 1, argv: ['node', 'worker.js'] };
const origin = (call = 'w:1', host: string | null = 'a.test') => ({
  call,
  host,
  site: { file: 'pay.ts', line: 4, column: 9, function: 'pay' },
  package: null,
  frames: [
    { path: file, line: 4, column: 9, function: 'pay', package: null },
    { path: '/p/pay.test.ts', line: 5, column: 6, function: null, package: null },
  ],
});
const violation = (given: Partial<LocatedViolation> = {}): LocatedViolation => ({
  seq: 1,
  family: 'AF_INET',
  addr: '203.0.113.80',
  port: 443,
  pid: 1,
  argv: runner.argv,
  chain: [runner],
  method: 'lineage',
  timing: null,
  rule: '- name: r',
  origin: origin(),
  ...given,
});

test('the message names host, address, call site, process, method and rule', () => {
  expect(new NetworkViolationError([violation()]).message).toBe(
    [
      'a connection that the allowlist does not allow',
      '  → AF_INET a.test:443 (203.0.113.80)',
      '    called   pay.ts:4:9 pay',
      '    process  node worker.js (pid 1)',
      '    charged  by lineage',
      '    to allow it, add to netaudit.yaml under allowlist:',
      '      - name: r',
    ].join('\n'),
  );
});

test('its stack is the message and the frames of the user, from which a framework shows the source', () => {
  const error = new NetworkViolationError([violation()]);
  expect(error.stack).toBe(`NetworkViolationError: ${error.message}\n    at pay (${file}:4:9)\n    at /p/pay.test.ts:5:6`);
});

test('attempts of one call are one', () => {
  const six = violation({ family: 'AF_INET6', addr: '2001:db8::1', rule: '- name: six' });
  const { message } = new NetworkViolationError([six, violation()]);
  expect(message.match(/→.*/g)).toEqual(['→ a.test:443, 2 attempts: AF_INET6 2001:db8::1, AF_INET 203.0.113.80']);
  expect(message.match(/called|- name.*/g)).toEqual(['called', '- name: six', '- name: r']);
});

test('calls to one destination are counted, two destinations are two', () => {
  const { message } = new NetworkViolationError([violation(), violation({ origin: origin('w:2') }), violation({ port: 80 })]);
  expect(message.match(/^\d.*|→.*/gm)).toEqual([
    '2 connections that the allowlist does not allow',
    '→ AF_INET a.test:443 (203.0.113.80) (2 times)',
    '→ AF_INET a.test:80 (203.0.113.80)',
  ]);
});

test('a child is shown below the process that runs the tests, with the line that started it', () => {
  const chain = [runner, { pid: 2, argv: ['sh', '-c', 'curl'] }, { pid: 3, argv: null }];
  const { message } = new NetworkViolationError([violation({ chain, origin: origin('w:1', null) })]);
  expect(message).toContain(
    [
      '  → AF_INET 203.0.113.80:443',
      '    started  pay.ts:4:9 pay',
      '    process  node worker.js (pid 1)',
      '             └ sh -c curl (pid 2)',
      '               └ unknown (pid 3)',
    ].join('\n'),
  );
});

test('what has no origin says nothing of one', () => {
  const error = new NetworkViolationError([violation({ origin: null })]);
  expect(error.message).not.toMatch(/called|started/);
  expect(error.stack).toBe(`NetworkViolationError: ${error.message}`);
});

test('the source is in the message where no framework shows it', () => {
  expect(new NetworkViolationError([violation()], { codeFrame: true }).message).toContain('      > 4 | \treturn fetch(url);\n');
});

test('a code frame marks the place, also after tabs', () => {
  expect(codeFrame(file, 4, 9)).toEqual([
    '  2 |',
    '  3 | export const pay = () => {',
    '> 4 | \treturn fetch(url);',
    '    | \t       ^',
    '  5 | };',
    '  6 |',
  ]);
  expect(codeFrame(file, 1, 7)?.slice(0, 2)).toEqual(['> 1 | const a = 1;', '    |       ^']);
});

test('there is no code frame of a file that is missing, or shorter than was said', () => {
  expect([codeFrame(`${file}.js`, 1, 1), codeFrame(file, 99, 1)]).toEqual([null, null]);
});
