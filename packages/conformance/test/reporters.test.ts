import { type Report, renderers } from '@netaudit/core';
import { describe, expect, it } from 'vitest';

const hostile = 'evil \u001b[2J\u0007 \u202e <script>';
const scope = { id: 's', kind: 'test', file: `${hostile}.test.ts`, names: [hostile] } as const;
const process = { pid: 7, argv: ['sh', '-c', hostile] };
const origin = { call: 'w:1', host: hostile, package: hostile, site: { file: hostile, line: 1, column: 2, function: hostile } } as const;
const violation = {
  id: 'v-00000000',
  family: 'AF_INET',
  addr: '203.0.113.10',
  port: 443,
  count: 2,
  pids: [7],
  firstTimestamp: 1,
  suggestedRule: null,
  host: hostile,
  attempts: [],
  scopes: [{ scope, method: 'lineage', candidates: [], timing: null, count: 2, processes: [process], origins: [origin] }],
} as const;
const clean: Report = {
  runId: 'r',
  verdict: 'clean',
  exitCode: 0,
  violations: [],
  events: [],
  gaps: [],
  command: { argv: ['true'], exitCode: 0, signal: null },
  coverage: { source: 'strace', tool: 'strace 6.1', mode: 'command', uncovered: [], fallbacks: [], events: 1, lines: 1, ignoredLines: 0 },
  leftRunning: [],
  unusedRules: [],
};
const reports: Record<string, Report> = {
  clean,
  violations: { ...clean, verdict: 'violations', exitCode: 1, violations: [violation] },
  incomplete: { ...clean, verdict: 'incomplete', exitCode: 2, gaps: [{ kind: 'unread', reason: hostile, line: 3 }] },
};

/** By what a text says the verdict. */
const plainWords = { clean: 'no violations', violations: 'violation', incomplete: 'incomplete' };
const wordsOf: { readonly [Format in string]?: Readonly<Partial<Record<string, string>>> } = {
  json: { clean: '"verdict": "clean"' },
  html: { clean: '"clean"' },
  junit: { clean: '"netaudit.verdict" value="clean"' },
  sarif: { clean: '"verdict": "clean"' },
  gitlab: { clean: '[]', incomplete: '"NA651 unread"' },
  tap: { clean: '# verdict: clean' },
  'dot-minimal': { clean: '"netaudit":"clean"' },
};

describe.each(Object.entries(renderers))('reporter %s', (format, renderer) => {
  it.each(Object.entries(reports) as [keyof typeof plainWords, Report][])(
    'says that a run is %s, without a character that steers a terminal',
    (verdict, report) => {
      const text = renderer.render(deepFreeze(report), { verbose: true });
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(text).toContain({ ...plainWords, ...wordsOf[format] }[verdict]);
      expect(renderer.render(report, { verbose: true })).toBe(text);
    },
  );

  it('names the destination and the test', () => {
    const text = renderer.render(reports.violations as Report, { verbose: false });
    expect(text).toContain('203.0.113.10');
    expect(text).toContain('.test.ts');
  });
});

const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(Object.freeze(value))) deepFreeze(part);
  return value;
};
