import { printable, printableJson } from '../model/printable.js';
import type { ReportRenderer } from '../model/report.js';
import { type Case, type Suite, suitesOf } from './cases.js';
import { placeLabel } from './place.js';
import type { Problem } from './problem.js';
import { runFacts } from './run-facts.js';

/** TAP version 14: a test point for each case; what a baseline accepts is `todo`. */
export const tap = {
  description: 'TAP version 14: a test point for each test that was run',
  render: (report) => {
    const suites = suitesOf(report);
    const cases = suites.flatMap((suite) => suite.cases.map((each) => ({ suite, each })));
    return [
      'TAP version 14',
      `1..${cases.length}`,
      ...cases.flatMap(({ suite, each }, index) => pointLines(suite, each, index + 1)),
      `# verdict: ${report.verdict}`,
      ...runFacts(report).map(([name, value]) => `# ${name}: ${value}`),
    ].join('\n');
  },
} satisfies ReportRenderer;

const pointLines = (suite: Suite, { title, problems }: Case, number: number): string[] => {
  const failing = problems.filter(({ level }) => level === 'error' || level === 'incomplete');
  const known = problems.filter(({ level }) => level === 'known');
  const result = failing.length + known.length > 0 ? 'not ok' : 'ok';
  const directive = failing.length === 0 && known.length > 0 ? ' # TODO known: the baseline accepts it' : '';
  return [
    `${result} ${number} - ${descriptionOf(suite, title)}${directive}`,
    ...(problems.length === 0
      ? []
      : ['  ---', '  problems:', ...problems.slice(0, MOST_PROBLEMS).flatMap(yamlLines), ...moreLines(problems.length), '  ...']),
  ];
};

/** `\` and `#` are escaped, as the version's section on escaping wants. */
const descriptionOf = ({ file, project }: Suite, title: string): string =>
  printable([...(project === null ? [] : [`|${project}|`]), ...(file === null ? [] : [file, '>']), title].join(' ')).replace(
    /[\\#]/g,
    '\\$&',
  );

const yamlLines = (problem: Problem): string[] => {
  const { number, code, level, id, message, todo, rule, place } = problem;
  return [
    `    - code: ${number}`,
    `      what: ${code}`,
    `      severity: ${level === 'error' || level === 'incomplete' ? 'fail' : level}`,
    ...(id === null ? [] : [`      id: ${quoted(id)}`]),
    `      message: ${quoted(message)}`,
    ...(place === null ? [] : [`      at: ${quoted(placeLabel(place))}`]),
    `      todo: ${quoted(todo)}`,
    ...(rule === null ? [] : [`      rule: ${quoted(rule)}`]),
  ];
};

const moreLines = (count: number): string[] => (count > MOST_PROBLEMS ? [`    - message: "and ${count - MOST_PROBLEMS} more"`] : []);

/** JSON's strings are YAML's. */
const quoted = (text: string): string => printableJson(JSON.stringify(printable(text)));

const MOST_PROBLEMS = 10;
