import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_LOOPBACK, project, testFile } from './policy-project.js';

type Json = Record<string, unknown>;

/** What of a report is the same for the shards of a run and for the run as a whole: no pids, no times, no ids of the run, no command. */
const shared = (report: Json) => ({
  verdict: report.verdict,
  exitCode: report.exitCode,
  violations: (report.violations as Json[]).map(violation).toSorted(byText),
  findings: (report.findings as Json[]).map(({ code, subject, level, count }) => ({ code, subject, level, count })),
  ran: (report.ran as { file: string }[]).toSorted((one, other) => (one.file < other.file ? -1 : 1)),
  unusedRules: report.unusedRules,
});

const violation = ({ id, family, addr, port, count, host, hostSource, names, suggestedRule, scopes }: Json) => ({
  ...{ id, family, addr, port, count, host, hostSource, names, suggestedRule },
  scopes: (scopes as Json[])
    .map(({ scope, method, timing, count: some, origins }) => ({
      ...{ method, timing, count: some, kind: (scope as Json).kind, file: (scope as Json).file, names: (scope as Json).names },
      sites: (origins as Json[]).map(({ site }) => site),
    }))
    .toSorted(byText),
});

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

test('shards merge to what the run as a whole reports; one that is missing, incomplete or there twice is said', {
  timeout: 60_000,
}, async () => {
  const { folder, netaudit } = project({
    'netaudit.yaml': `${NO_LOOPBACK}  - { name: only for b, family: AF_INET, addr: 127.0.0.1, port: 12 }\n  - { name: for nobody, family: AF_INET, addr: 127.0.0.1, port: 13 }\n`,
    'a.test.mjs': testFile({ one: ['localhost:9', '127.0.0.1:10'], two: [] }),
    'b.test.mjs': testFile({ one: ['localhost:9', '127.0.0.1:12'] }),
    'c.test.mjs': testFile({ three: ['127.0.0.1:11'] }),
  });
  const audit = (name: string, ...words: string[]) =>
    netaudit('run', '--format', 'json', '--output', name, '--', process.execPath, '--test', '--require', '@netaudit/node-test', ...words);
  const read = (name: string): Json => JSON.parse(readFileSync(join(folder, name), 'utf8'));

  await Promise.all([audit('whole.json'), audit('1.json', '--test-shard=1/2'), audit('2.json', '--test-shard=2/2')]);
  expect(await netaudit('merge', '--format', 'json', '--output', 'merged.json', '2.json', '1.json')).toMatchObject({ code: 1 });
  expect(shared(read('merged.json'))).toEqual(shared(read('whole.json')));
  expect(read('merged.json').violations).toHaveLength(3);
  expect(read('merged.json').unusedRules).toContain('for nobody');
  expect(read('merged.json').unusedRules).not.toContain('only for b');
  await netaudit('merge', '--format', 'json', '--output', 'again.json', '1.json', '2.json');
  expect(read('again.json')).toEqual(read('merged.json'));

  expect(await netaudit('merge', '2.json')).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('uncovered: shard 1 of 2 is missing'),
  });
  expect(await netaudit('merge', '--expect', '3', 'whole.json')).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('2 of 3 shards are missing'),
  });
  for (const words of [
    ['1.json', '1.json'],
    ['--expect', '3', '1.json'],
    ['1.json', '2.json', 'whole.json'],
  ]) {
    const { code, stdout, stderr } = await netaudit('merge', ...words);
    expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 3, stdout: '', lines: 2 });
  }
  const gaps = [{ kind: 'lost', reason: 'the tracer died' }];
  writeFileSync(join(folder, '1.json'), JSON.stringify({ ...read('1.json'), verdict: 'incomplete', exitCode: 2, gaps }));
  expect(await netaudit('merge', '1.json', '2.json')).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('lost: 1.json: the tracer died'),
  });
});

test('diff shows by test what another policy would change, for a kept trace', { timeout: 60_000 }, async () => {
  const { put, audit, netaudit } = project({
    'netaudit.yaml': NO_LOOPBACK,
    'new.yaml': `${NO_LOOPBACK}  - { family: AF_INET, addr: 127.0.0.1, port: 9 }\n`,
    'a.test.mjs': testFile({ one: ['127.0.0.1:9', '127.0.0.1:10'], two: [] }),
  });
  await audit(['--keep-trace', 'trace']);
  await netaudit('analyze', 'trace', '--allowlist', 'new.yaml', '--format', 'json', '--output', 'after.json');
  const [text, json, back] = await Promise.all([
    netaudit('diff', 'netaudit-report.json', 'after.json'),
    netaudit('diff', '--format', 'json', 'netaudit-report.json', 'after.json'),
    netaudit('diff', 'after.json', 'netaudit-report.json'),
  ]);
  expect(text).toEqual({
    code: 0,
    stdout: 'a.test.mjs > one\n  - 127.0.0.1:9\nnetaudit: 0 new, 1 gone; verdict violations, as before\n',
    stderr: '',
  });
  expect(JSON.parse(json.stdout)).toMatchObject({ added: [], removed: [{ title: 'one', to: '127.0.0.1:9' }], notRun: [] });
  expect(back).toMatchObject({ code: 1, stdout: expect.stringContaining('  + 127.0.0.1:9\n') });
  put('a.test.mjs', testFile({ two: [] }));
  await audit([]);
  expect(await netaudit('diff', 'after.json', 'netaudit-report.json')).toMatchObject({
    code: 0,
    stdout: 'a.test.mjs > one\n  ? 127.0.0.1:10 (the test was not run)\nnetaudit: 0 new, 0 gone, 1 not run; verdict violations → clean\n',
  });
});
