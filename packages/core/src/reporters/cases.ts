import type { Report } from '../model/report.js';
import { type Scope, scopeTitle } from '../model/scope.js';
import { sharedFile } from './place.js';
import type { Problem } from './problem.js';
import { gapProblems, problemsOf } from './problems.js';

/** A test, or what stands for something that is none, with what is told of it. */
export type Case = {
  readonly title: string;
  readonly problems: readonly Problem[];
  /** How long its runs took together; 0 where the report does not tell. */
  readonly seconds: number;
};

/** The tests of a file; `file` is null for what belongs to none. */
export type Suite = { readonly file: string | null; readonly project: string | null; readonly cases: readonly Case[] };

/** Every test that was run, and a case of its own for all else that a report tells: first of the run as a whole, then of each file. */
export const suitesOf = (report: Report): readonly Suite[] => {
  const suites = new Map<string, Draft>();
  put(suites, { file: null, project: null, title: AUDIT }, ...gapProblems(report));
  for (const { file, project = null, tests } of report.ran ?? []) {
    for (const title of tests) put(suites, { file, project, title });
  }
  for (const problem of problemsOf(report)) put(suites, seatOf(problem), problem);
  const micros = timesOf(report);
  return [...suites.values()].map(({ file, project, cases }) => ({
    file,
    project,
    cases: [...cases].map(([title, problems]) => ({
      title,
      problems,
      seconds: (micros.get(seatKey({ file, project, title })) ?? 0) / 1e6,
    })),
  }));
};

type Seat = { readonly file: string | null; readonly project: string | null; readonly title: string };
type Draft = { readonly file: string | null; readonly project: string | null; readonly cases: Map<string, Problem[]> };

/** The time of each test in µs, by its seat. */
const timesOf = ({ course }: Report): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const { scope, from, to } of course?.timeline.spans ?? []) {
    if (scope.kind !== 'test' || to === null) continue;
    const key = seatKey({ file: scope.file, project: scope.project ?? null, title: titleIn(scope) });
    times.set(key, (times.get(key) ?? 0) + Math.max(0, to - from));
  }
  return times;
};

const seatKey = ({ file, project, title }: Seat): string => JSON.stringify([file, project, title]);

const put = (suites: Map<string, Draft>, { file, project, title }: Seat, ...problems: readonly Problem[]): void => {
  const key = JSON.stringify([file, project]);
  const suite = suites.get(key) ?? { file, project, cases: new Map<string, Problem[]>() };
  suites.set(key, suite);
  const known = suite.cases.get(title);
  if (known) known.push(...problems);
  else suite.cases.set(title, [...problems]);
};

const seatOf = ({ owner, code }: Problem): Seat => {
  if (owner === null) return { file: null, project: null, title: code.endsWith('-rule') ? 'the rules of the policy' : OUTSIDE };
  const { scope, candidates } = owner;
  if (scope !== null) return { file: scope.file, project: scope.project ?? null, title: titleIn(scope) };
  const file = sharedFile(candidates);
  const project = (file !== null && candidates[0]?.project) || null;
  if (candidates.length === 0) return { file, project, title: OUTSIDE };
  const titles = candidates.map(file === null ? scopeTitle : titleIn).toSorted();
  return { file, project, title: titles.length === 1 ? `perhaps ${titles.join('')}` : `one of ${titles.length}: ${titles.join(' | ')}` };
};

/** The title of a scope among those of its file. */
const titleIn = ({ kind, names }: Scope): string => {
  const title = names.join(' > ');
  switch (kind) {
    case 'run':
      return OUTSIDE;
    case 'file':
    case 'import':
      return `(${kind})`;
    case 'suite':
      return `${title} (suite hooks)`;
    case 'test':
      return title;
  }
};

const AUDIT = 'the audit is complete';
const OUTSIDE = 'outside any test';
