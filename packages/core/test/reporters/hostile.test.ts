import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type Report, renderers, type Scope, type ViolationScope } from '../../src/index.js';
import { elementsIn, junitSchemas, OUR_ELEMENTS, pageOf, readCommand, readJUnit, readTap, validateSarif } from './readers.js';
import { longNames, reportOf } from './reports.js';

vi.setConfig({ testTimeout: 60_000 });

/** Pieces that mean something to a reader, and anything else. */
const pieces = fc.constantFrom(
  ...[
    '\u001b[31m',
    '\u0000',
    '\r\n',
    '\n',
    '\u202e',
    '\ufffe',
    '\ud83d',
    '\ude00',
    ' ',
    '\t',
    '|',
    '\\',
    '`',
    '``',
    '~~~',
    '#',
    ' # TODO ',
    '::',
    '%',
    '%0A',
  ],
  ...[
    ',',
    '=',
    ']]>',
    '<b>',
    '</a',
    '&lt;',
    '&#x41;',
    '@a',
    'www.a.test',
    'http://a.test',
    '[a](b)',
    '![',
    '{',
    '}',
    '{0}',
    '"',
    "'",
    '---',
    '...',
    '- ',
  ],
  ...['ok 1', 'Bail out!', '1..2', '##[group]', '::error::', '$(x)', '../', '/', '\u2028', '\u0085', '*', '_', '<!--', '-->', '<![CDATA['],
);
const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 }).map((parts) => parts.join(''));
const number = fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1));

const scope: fc.Arbitrary<Scope> = fc.record({
  id: text,
  kind: fc.constantFrom('run', 'file', 'import', 'suite', 'test'),
  file: fc.option(text),
  names: fc.array(text, { maxLength: 2 }),
  project: fc.option(text, { nil: undefined }),
});

const owner: fc.Arbitrary<ViolationScope> = fc.record({
  scope: fc.option(scope),
  method: fc.constantFrom('lineage', 'ambiguous', 'none'),
  candidates: fc.array(scope, { maxLength: 2 }),
  timing: fc.constantFrom('late', null),
  count: fc.nat(),
  processes: fc.array(fc.record({ pid: fc.nat(), argv: fc.option(fc.array(text, { maxLength: 2 })) }), { maxLength: 2 }),
  origins: fc.array(
    fc.record({
      call: text,
      host: fc.option(text),
      package: fc.option(text),
      site: fc.option(fc.record({ file: text, line: number, column: number, function: fc.option(text) })),
    }),
    { maxLength: 2 },
  ),
});

const base = reportOf('one-violation');
const [one] = base.violations;

const hostile: fc.Arbitrary<Report> = fc
  .record({
    violations: fc.array(
      fc.record({ addr: fc.option(text), host: fc.option(text), scopes: fc.array(owner, { maxLength: 3 }), rule: fc.option(text) }),
      { maxLength: 3 },
    ),
    findings: fc.array(
      fc.record({ subject: text, message: text, evidence: fc.array(text, { maxLength: 1 }), scopes: fc.array(owner, { maxLength: 2 }) }),
      { maxLength: 2 },
    ),
    gaps: fc.array(fc.record({ kind: fc.constant('unread' as const), reason: text }), { maxLength: 2 }),
    ran: fc.array(fc.record({ file: text, project: fc.option(text, { nil: undefined }), tests: fc.array(text, { maxLength: 2 }) }), {
      maxLength: 2,
    }),
    words: fc.array(text, { minLength: 3, maxLength: 3 }),
  })
  .map(({ violations, findings, gaps, ran, words: [signal = '', rule = '', file = ''] }) => ({
    ...base,
    verdict: gaps.length > 0 ? 'incomplete' : violations.length > 0 ? 'violations' : 'clean',
    violations: violations.map(({ rule: suggestedRule, ...violation }) => ({
      ...(one as NonNullable<typeof one>),
      ...violation,
      suggestedRule,
    })),
    findings: findings.map((finding) => ({ id: 'f-00000000', code: 'wide-rule', level: 'warn', count: 1, ...finding })),
    gaps,
    ran,
    command: { argv: [signal], exitCode: null, signal },
    unusedRules: [rule],
    baseline: { file, known: [], gone: [], notRun: [] },
  }));

const holds = (property: (report: Report) => void): void =>
  fc.assert(fc.property(hostile, property), { numRuns: Number(process.env.NUM_RUNS ?? 50) });

test('JUnit: both schemas take any names', () => {
  holds((report) => {
    for (const [, schema] of junitSchemas) readJUnit(renderers.junit.render(report), schema).dispose();
  });
});

test('SARIF: the schema takes any names, and no text has a placeholder or a link', () => {
  holds((report) => {
    validateSarif(JSON.parse(renderers.sarif.render(report)));
    expect(validateSarif.errors ?? []).toEqual([]);
  });
});

test('GitHub: each line is one of our commands, whatever the names', () => {
  holds((report) => {
    for (const line of renderers.github.render(report).split('\n')) {
      const command = readCommand(line);
      expect(['error', 'warning', 'debug']).toContain(command?.command);
      expect(Object.keys(command?.properties ?? {}).filter((key) => !['file', 'line', 'col', 'title'].includes(key))).toEqual([]);
    }
  });
});

test('GitLab and the short form: JSON, and a line for each problem, whatever the names', () => {
  holds((report) => {
    expect(JSON.parse(renderers.gitlab.render(report))).toBeInstanceOf(Array);
    const lines = renderers['dot-minimal'].render(report, { verbose: true }).split('\n');
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^.+:\d+:\d+ NA\d{3} .+: .+$/);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ netaudit: report.verdict });
  });
});

test('TAP: the plan is kept, and no name is a directive', () => {
  holds((report) => {
    const { results, points, stray } = readTap(renderers.tap.render(report));
    expect(points).toHaveLength(results.plan.end ?? -1);
    expect(stray).toEqual([]);
    expect(points.filter(({ todo, skip }) => todo || skip)).toEqual([]);
    expect(results.failures.filter((failure) => 'tapError' in failure && failure.tapError)).toEqual([]);
  });
});

test('Markdown: no element but ours, tables of four columns, foreign text only as code', () => {
  holds((report) => {
    const html = pageOf(renderers.markdown.render(report, { verbose: false }));
    expect(elementsIn(html).filter((name) => !OUR_ELEMENTS.includes(name))).toEqual([]);
    for (const [row = ''] of html.matchAll(/<tr>.*?<\/tr>/gs)) expect(row.match(/<t[hd]>/g)).toHaveLength(4);
    expect(html.replace(/<code[^>]*>[^<]*<\/code>/g, '')).not.toMatch(/@|#|www\.|&lt;|<!--/);
  });
});

const formats = ['junit', 'sarif', 'github', 'gitlab', 'tap', 'markdown', 'dot-minimal'] as const;
const PLAIN = /^(?:\n|[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u2028\u2029])*$/u;

test.each(formats)('%s lets no control character through', (name) => {
  holds((report) => {
    expect(renderers[name].render(report, { verbose: false })).toMatch(PLAIN);
  });
});

test.each(longNames)('%s: what is cut is not cut within a character', (_, report) => {
  for (const name of formats) expect(renderers[name].render(report, { verbose: false })).toMatch(PLAIN);
});
