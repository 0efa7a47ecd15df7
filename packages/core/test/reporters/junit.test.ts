import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, test, vi } from 'vitest';
import { renderers } from '../../src/index.js';
import { junitSchemas, readJUnit } from './readers.js';
import { manyViolations, reportOf, reports } from './reports.js';

/** Ten thousand violations on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const junit = (report: Parameters<typeof renderers.junit.render>[0]): string => renderers.junit.render(report);

const count = (document: XmlDocument, path: string): number => document.find(path).length;

describe.each(junitSchemas)('%s', (_, schema) => {
  test.each(reports())('takes %s', (__, report) => {
    readJUnit(junit(report), schema).dispose();
  });

  test('refuses what is none', () => {
    for (const wrong of ['<testsuites><testsuite/></testsuites>', '<testsuites><case/></testsuites>']) {
      expect(() => readJUnit(wrong, schema)).toThrow();
    }
  });
});

test.each(reports())('the counts of %s are those of its elements', (_, report) => {
  const document = XmlDocument.fromString(junit(report));
  const sum = (name: string): number =>
    document.find('//testsuite').reduce((total, suite) => total + Number(suite.get(`@${name}`)?.content), 0);
  expect(sum('tests')).toBe(count(document, '//testcase'));
  expect(sum('failures')).toBe(count(document, '//testcase/failure'));
  expect(sum('errors')).toBe(count(document, '//testcase/error'));
  expect(count(document, '//testcase/error') > 0).toBe(report.verdict === 'incomplete');
  document.dispose();
});

test('each test that was run is a case, and so is what belongs to none; warnings and what a baseline accepts fail nothing', () => {
  const document = XmlDocument.fromString(junit(reportOf('tests-that-ran')));
  const failing = document.find('//testcase[failure]').map((each) => `${each.get('@classname')?.content}: ${each.get('@name')?.content}`);
  const passing = document
    .find('//testcase[not(failure)]')
    .map((each) => `${each.get('@classname')?.content}: ${each.get('@name')?.content}`);
  expect(failing).toEqual([
    'netaudit: outside any test',
    'netaudit: one of 2: test/mail.test.ts > sends | test/pay.test.ts > checkout > charges a card',
    'test/pay.test.ts: checkout > charges a card',
    'test/pay.test.ts: checkout (suite hooks)',
    'test/mail.test.ts: sends',
    'test/mail.test.ts: (import)',
    'test/mail.test.ts: one of 2: receives | sends',
  ]);
  expect(passing).toEqual([
    'netaudit: the audit is complete',
    'netaudit: the rules of the policy',
    'test/pay.test.ts: checkout > refuses',
    'test/mail.test.ts: receives',
    '|browser| test/mail.test.ts: sends',
  ]);
});

test('a name comes back as it was, what XML can not hold as an escape', () => {
  const document = XmlDocument.fromString(junit(reportOf('hostile-names')));
  const names = document.find('//testcase/@name').map(({ content }) => content);
  for (const name of [
    ']]>',
    '<img src=x onerror=alert(1)>',
    '</testcase><testcase name="x"/>',
    '\\u{fffe}\\u{ffff}',
    '\\u{d800} half \\u{dc00}',
  ]) {
    expect(names).toContain(name);
  }
});

test('ten thousand violations of 400 tests are 400 failures at most, each with what it is about', () => {
  const document = XmlDocument.fromString(junit(manyViolations(10_000, 1)));
  expect(count(document, '//testcase')).toBe(401);
  expect(count(document, '//failure')).toBeGreaterThan(390);
  expect(document.get('//failure')?.content).toMatch(/^NA601 violation v-[0-9a-f]{8}: 198\.51\./);
  document.dispose();
});
