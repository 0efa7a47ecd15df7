import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countOf } from '../test-task.mjs';

let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'test-report-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const counts = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0 };

test.each([
  ['all pass', counts, [{ status: 'passed', assertionResults: [{ status: 'passed' }] }], { passed: 3, failed: 0, skipped: 1 }],
  [
    'a test fails',
    { ...counts, numFailedTests: 1 },
    [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
    { passed: 3, failed: 1 },
  ],
  ['a file fails before its first test', counts, [{ status: 'failed', assertionResults: [] }], { passed: 3, failed: 1 }],
])('the counts of a report in which %s', (_, totals, testResults, expected) => {
  const file = join(folder, 'tests.json');
  writeFileSync(file, JSON.stringify({ ...totals, testResults }));
  expect(countOf(file)).toMatchObject(expected);
});

test('a report that was not written counts as a failure', () => {
  expect(countOf(join(folder, 'missing.json'))).toMatchObject({ passed: 0, failed: 1 });
});
