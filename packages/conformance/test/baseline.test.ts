import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_LOOPBACK, project, testFile } from './policy-project.js';

const options = ['--baseline', 'netaudit-baseline.yaml'];

test('a baseline lets known violations pass, fails new ones, tells what is gone, and shrinks', { timeout: 60_000 }, async () => {
  const { folder, put, audit, netaudit } = project({
    'netaudit.yaml': NO_LOOPBACK,
    'a.test.mjs': testFile({ 'stays > so': ['127.0.0.1:9', 'localhost:10', '127.0.0.1:45001'], 'will be fixed': ['127.0.0.1:9'] }),
    'b.test.mjs': testFile({ 'is in another file': ['127.0.0.1:9'] }),
  });
  const baseline = (): string => readFileSync(join(folder, 'netaudit-baseline.yaml'), 'utf8');

  expect(await audit([])).toMatchObject({ code: 1 });
  expect(await netaudit('baseline')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('5 known violations (scopes: 3, destinations: 4)'),
  });
  const first = baseline();
  expect(first).toContain('- { file: "a.test.mjs", test: "stays > so", to: "localhost:10" }\n');

  put('a.test.mjs', testFile({ 'stays > so': ['127.0.0.1:9', 'localhost:10', '127.0.0.1:45002'], 'will be fixed': [] }));
  const second = await audit(options, ['a.test.mjs']);
  expect(second.code).toBe(0);
  expect(await netaudit('baseline')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 gone') });
  expect(baseline()).toBe(first);
  expect(await netaudit('baseline', '--prune')).toMatchObject({ code: 0 });
  const pruned = baseline();
  expect(pruned.split('\n')).toEqual(first.split('\n').filter((line) => !line.includes('will be fixed')));
  expect(await netaudit('baseline', '--prune')).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing new, nothing gone') });
  expect(baseline()).toBe(pruned);

  put('b.test.mjs', testFile({ 'is in another file': ['127.0.0.1:9', '127.0.0.1:11'] }));
  const third = await audit(options);
  expect(third).toMatchObject({ code: 1, stdout: expect.stringContaining('not ok') });
  expect(third.stdout).toContain('127.0.0.1:11');
  expect(third.stdout).not.toContain('AF_INET 127.0.0.1:9');
  expect(await netaudit('baseline')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('+ b.test.mjs > is in another file: 127.0.0.1:11'),
  });
  expect(baseline()).toBe(pruned);
  expect(await netaudit('baseline', '--accept')).toMatchObject({ code: 0 });
  expect(await audit(options)).toMatchObject({ code: 0 });
});

test('a framework takes a baseline as an option, its tests pass, and its report tells what is known', { timeout: 60_000 }, async () => {
  const netaudit = { baseline: 'known.yaml', report: [{ format: 'json', file: 'netaudit-report.json' }] };
  const { folder, put, suite } = project({
    'package.json': JSON.stringify({ type: 'module', netaudit }),
    'netaudit.yaml': NO_LOOPBACK,
    'known.yaml': 'version: 1\nknown:\n  - { file: a.test.mjs, test: one, to: "127.0.0.1:9" }\n',
    'a.test.mjs': testFile({ one: ['127.0.0.1:9'] }),
  });
  expect(await suite()).toMatchObject({ code: 0, stdout: expect.stringContaining('# pass 1') });
  const report = JSON.parse(readFileSync(join(folder, 'netaudit-report.json'), 'utf8'));
  expect(report).toMatchObject({
    verdict: 'clean',
    violations: [],
    ran: [{ file: 'a.test.mjs', tests: ['one'] }],
    baseline: { known: [{ addr: '127.0.0.1', port: 9, count: 1 }], gone: [], notRun: [] },
  });
  put('known.yaml', 'version: 1\nknwon: []\n');
  const { code, stderr } = await suite();
  expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining("known.yaml:2:1: unknown key 'knwon'") });
  expect(stderr).not.toContain('    at ');
});

test('what was known is told again when a kept trace is replayed with the baseline, and a baseline that is not there is a mistake', {
  timeout: 60_000,
}, async () => {
  const { audit, netaudit } = project({ 'netaudit.yaml': NO_LOOPBACK, 'a.test.mjs': testFile({ one: ['127.0.0.1:9'] }) });
  await audit(['--keep-trace', 'trace']);
  await netaudit('baseline');
  expect(await netaudit('analyze', 'trace')).toMatchObject({ code: 1 });
  expect(await netaudit('analyze', '--baseline', 'netaudit-baseline.yaml', 'trace')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^netaudit: no violations\n {2}known: 1 connection to 1 destination, as netaudit-baseline.yaml accepts\n/,
    ),
  });
  const { code, stdout, stderr } = await netaudit('analyze', '--baseline', 'none.yaml', 'trace');
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^netaudit: none\.yaml:1:1: cannot read the baseline: no such file; write it from a report: .*\n$/);
});
