import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import { type Report, renderers, type Violation } from '../../src/index.js';
import { casesOf } from '../golden.js';
import { readCase } from './read-case.js';

const base = readCase('one-violation');
const [violation] = base.violations as [Violation];
const many = (count: number): Report => ({
  ...base,
  violations: Array.from({ length: count }, (_, index) => ({
    ...violation,
    id: `v-${index.toString(16).padStart(8, '0')}`,
    addr: `198.51.100.${index % 250}`,
    port: index < 200 ? 40_000 + index : 443,
    suggestedRule: `- name: rule ${index}`,
    scopes: violation.scopes.map((scope) => ({
      ...scope,
      count: 2,
      scope: { id: `s${index}`, kind: 'test', file: `f${index % 30}.test.ts`, names: ['x'] } as const,
    })),
    count: 2,
  })),
});

test('the last line says the verdict in words for programs', () => {
  for (const name of casesOf('reporters')) {
    const report = readCase(name);
    const line = renderers.text.render(report, { verbose: false }).split('\n').at(-1) ?? '';
    expect(line.startsWith('netaudit: ')).toBe(true);
    const words = new Map(
      line
        .slice('netaudit: '.length)
        .split(' ')
        .map((word) => word.split('=') as [string, string]),
    );
    expect(Object.fromEntries(words)).toEqual({
      verdict: report.verdict,
      violations: String(report.violations.length),
      findings: String(report.findings?.length ?? 0),
      gaps: String(report.gaps.length),
      exit: String(report.exitCode),
      run: report.runId,
    });
  }
});

test('colours add nothing but themselves, and none is on the last line', () => {
  for (const name of casesOf('reporters')) {
    const bare = renderers.text.render(readCase(name), { verbose: true });
    const coloured = renderers.text.render(readCase(name), { verbose: true, colors: true });
    expect(coloured).not.toBe(bare);
    expect(stripVTControlCharacters(coloured)).toBe(bare);
    expect(coloured.split('\n').at(-1)).toBe(bare.split('\n').at(-1));
    expect(coloured.replaceAll(/\u001b\[\d{1,2}m/g, '')).toBe(bare);
  }
});

test('lines are as wide as the terminal at most, but for the ones to copy', () => {
  for (const name of casesOf('reporters')) {
    for (const width of [40, 79, 200]) {
      const text = renderers.text.render(readCase(name), { verbose: true, colors: true, width });
      const [body = ''] = text.split(/\n\n {2}To allow, |\nnetaudit: verdict=/);
      for (const line of body.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  }
});

test('wrapping loses no word, also of wide characters', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('日本語', 'é', '👨‍👩‍👧', 'a'.repeat(50), 'x'), { minLength: 1 }), fc.nat(60), (words, width) => {
      const title = words.join(' ');
      const scope = { id: 's', kind: 'test', file: 'a.test.ts', names: [title] } as const;
      const report = { ...base, violations: [{ ...violation, scopes: violation.scopes.map((one) => ({ ...one, scope })) }] };
      const text = renderers.text.render(report, { verbose: false, colors: true, width: width + 30 });
      expect(stripVTControlCharacters(text).replaceAll(/\s/g, '')).toContain(title.replaceAll(' ', ''));
      const [body = ''] = text.split('\n\n  To allow');
      for (const line of body.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width + 30);
    }),
  );
});

test('what is not for a terminal is never cut or wrapped', () => {
  const title = 'long '.repeat(2000).trim();
  const scope = { id: 's', kind: 'test', file: 'a.test.ts', names: [title] } as const;
  const report = { ...base, violations: [{ ...violation, scopes: violation.scopes.map((one) => ({ ...one, scope })) }] };
  expect(renderers.text.render(report, { verbose: false })).toContain(title);
});

test('no control character of others reaches a terminal, in colours and wrapped', () => {
  const hostile = '\u001b]8;;http://evil.test\u0007click\u001b]8;;\u0007 \u001b[2J\u009b31m\u202e\u2066\u200b\r\n\u0007\u{e0041}';
  const report: Report = {
    ...base,
    runId: hostile,
    violations: [
      {
        ...violation,
        ...{ family: hostile, addr: hostile, host: hostile, suggestedRule: hostile, deniedBy: [hostile] },
        nearest: { rule: hostile, why: hostile, at: hostile },
        scopes: violation.scopes.map((scope) => ({
          ...scope,
          scope: { id: 's', kind: 'test', file: hostile, names: [hostile], project: hostile } as const,
          processes: [{ pid: 1, argv: [hostile] }],
        })),
      },
    ],
    gaps: [{ kind: 'lost', reason: hostile }],
    notices: [hostile],
    unusedRules: [hostile],
  };
  for (const width of [null, 30, 120]) {
    const text = renderers.text.render(report, { verbose: true, colors: true, width });
    const own = text.replaceAll(/\u001b\[\d{1,2}m/g, '');
    expect(own).toMatch(/^(?:\n|[^\p{Cc}\p{Cs}\u200b\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}])*$/u);
    expect(
      renderers.text.render({ ...report, violations: many(300).violations.concat(report.violations) }, { verbose: true, colors: true }),
    ).not.toMatch(/[\u0007\u009b\u202e]/);
  }
});

test('a hundred violations are shown one by one', () => {
  const text = renderers.text.render(many(100), { verbose: false });
  expect(text.match(/ {2}AF_INET /g)).toHaveLength(100);
  expect(text).not.toContain('by test file');
});

test('hundreds of violations are counted by test file and by place, and none is lost', () => {
  const text = renderers.text.render(many(300), { verbose: false });
  expect(text).toContain('netaudit: 300 violations detected');
  const [, files = '', places = ''] = text.split(/^ {2}violations {2}connections {2}by .*$/m);
  expect([sumOf(files), sumOf(places)]).toEqual([
    { violations: 300, connections: 600 },
    { violations: 300, connections: 600 },
  ]);
  expect(files).toContain('  10 more files');
  expect(text).toContain('  the first 20:\n');
  expect(text).toContain('  and 280 more violations; --format json lists them\n');
  expect(text).toContain('  For the 280 others: netaudit suggest REPORT');
  expect(text.split('\n').length).toBeLessThan(150);
});

/** Of all rows of a table. */
const sumOf = (table: string) => {
  const rows = [...table.matchAll(/^ {2} *(\d+) {2} *(\d+) {2}/gm)];
  const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0);
  return { violations: sum(1), connections: sum(2) };
};
