import { Ajv } from 'ajv';
import { expect, test, vi } from 'vitest';
import { type Report, renderers } from '../../src/index.js';
import { reportOf, reports } from './reports.js';

/** Ten thousand violations on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

/** What GitLab's documentation says of a Code Quality report ("Code Quality report format"), in our words: no package has a schema of it. */
const schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^[^/]' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
};
const validate = new Ajv().compile(schema);

type Issue = { readonly fingerprint: string; readonly severity: string; readonly location: unknown };

const issuesOf = (report: Report): Issue[] => JSON.parse(renderers.gitlab.render(report)) as Issue[];

test.each(reports())('%s is as the documentation says, each issue with a fingerprint of its own', (_, report) => {
  const issues = issuesOf(report);
  validate(issues);
  expect(validate.errors ?? []).toEqual([]);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  expect(issues.some(({ severity }) => severity === 'blocker')).toBe(report.verdict === 'incomplete');
});

test('ten thousand violations are as many issues', () => {
  expect(issuesOf(reports().find(([name]) => name === 'ten thousand violations')?.[1] as Report)).toHaveLength(10_000);
});

test('a clean run is an empty list: GitLab takes what it had before as mended', () => {
  expect(issuesOf(reportOf('clean'))).toEqual([]);
});

test('an issue is at the call', () => {
  expect(issuesOf(reportOf('tests-that-ran'))[0]?.location).toEqual({ path: 'src/pay.ts', lines: { begin: 7 } });
});
