import type { Report, ReportRenderer } from '../model/report.js';
import { type Case, type Suite, suitesOf } from './cases.js';
import { detailLines } from './details.js';
import { listed } from './owner.js';
import type { Problem } from './problem.js';
import { runFacts, timeText } from './run-facts.js';
import { xmlText } from './xml.js';

/** JUnit's XML, in the form that both Ant's JUnitReport and Jenkins take: one `error` or `failure` a case at most. */
export const junit = {
  description: 'JUnit XML: a suite for each test file, a case for each test that was run',
  render: (report) => {
    const suites = suitesOf(report);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites>',
      ...suites.flatMap((suite, id) => suiteLines(report, suite, id)),
      '</testsuites>',
    ].join('\n');
  },
} satisfies ReportRenderer;

const suiteLines = (report: Report, suite: Suite, id: number): string[] => {
  const { cases, file, project } = suite;
  const name = suiteName(suite);
  const told = cases.flatMap(({ problems }) => problems.filter((problem) => !isFailing(problem)));
  return [
    `  <testsuite${attributes({
      name,
      package: project ?? '',
      id: String(id),
      timestamp: timestampOf(report),
      hostname: 'localhost',
      tests: String(cases.length),
      failures: String(cases.filter((each) => outcomeOf(each) === 'failure').length),
      errors: String(cases.filter((each) => outcomeOf(each) === 'error').length),
      time: secondsText(cases.reduce((sum, { seconds }) => sum + seconds, 0)),
    })}>`,
    '    <properties>',
    ...propertiesOf(report, file).map((each) => `      <property${attributes(each)}/>`),
    '    </properties>',
    ...cases.flatMap((each) => caseLines(name, each)),
    ...element('    ', 'system-out', told.map(({ level, number, message }) => `${level}: ${number} ${message}`).map(xmlText)),
    '    <system-err/>',
    '  </testsuite>',
  ];
};

const suiteName = ({ file, project }: Suite): string => {
  if (file === null) return 'netaudit';
  return named(project === null ? file : `|${project}| ${file}`);
};

/** What the report was made from is told once, in the suite of the run. */
const propertiesOf = (report: Report, file: string | null): { readonly name: string; readonly value: string }[] =>
  [['verdict', report.verdict] as const, ...(file === null ? runFacts(report) : [])].map(([name, value]) => ({
    name: `netaudit.${name}`,
    value,
  }));

/** The Ant form wants a time, without zone and fraction. */
const timestampOf = ({ provenance }: Report): string => {
  const text = provenance ? (timeText(provenance.started) ?? '') : '';
  return /^\d{4}-/.test(text) ? text.slice(0, 19) : '1970-01-01T00:00:00';
};

const secondsText = (seconds: number): string => (seconds === 0 ? '0' : seconds.toFixed(3));

const caseLines = (classname: string, each: Case): string[] => {
  const outcome = outcomeOf(each);
  const start = `    <testcase${attributes({ name: named(each.title), classname, time: secondsText(each.seconds) })}`;
  if (outcome === null) return [`${start}/>`];
  const failing = each.problems.filter(isFailing);
  return [`${start}>`, ...failureLines(outcome, failing), '    </testcase>'];
};

const failureLines = (outcome: 'failure' | 'error', problems: readonly Problem[]): string[] => {
  const [first] = problems;
  if (first === undefined) return [];
  const more = problems.length === 1 ? '' : `, and ${problems.length - 1} more`;
  const tag = `${outcome}${attributes({ message: `${first.message}${more}`, type: `${first.number} ${first.code}` })}`;
  return element(
    '      ',
    tag,
    listed(
      problems.map((problem) => detailLines(problem).map(xmlText).join('\n')),
      MOST_PROBLEMS,
    ),
  );
};

/** `error` where the audit could not be made, `failure` for what it found; null where all is well. */
const outcomeOf = ({ problems }: Case): 'failure' | 'error' | null => {
  if (problems.some(({ level }) => level === 'incomplete')) return 'error';
  return problems.some(isFailing) ? 'failure' : null;
};

const isFailing = ({ level }: Problem): boolean => level === 'error' || level === 'incomplete';

const element = (indent: string, tag: string, lines: readonly string[]): string[] => {
  const [name = ''] = tag.split(' ', 1);
  return lines.length === 0 ? [`${indent}<${tag}/>`] : [`${indent}<${tag}>${lines.join('\n')}</${name}>`];
};

/** The Ant form takes no name of spaces alone. */
const named = (title: string): string => (title.trim() === '' ? '(no name)' : title);

const attributes = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([name, value]) => ` ${name}="${xmlText(value)}"`)
    .join('');

const MOST_PROBLEMS = 100;
