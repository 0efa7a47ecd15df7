import { commandText } from '../model/command.js';
import { printable } from '../model/printable.js';
import type { ProcessInfo, ViolationScope } from '../model/report.js';
import { type Method, type Scope, scopeTitle, type Timing } from '../model/scope.js';
import { plain, type Style } from './style.js';

/** One line that names who made the connections: a scope, its candidates, or nobody; then how that is known, and the processes. */
export const ownerText = (owner: ViolationScope, style: Style = plain): string => {
  const facts = [
    methodText(owner.method),
    timingText(owner.timing),
    attemptsText(owner.testAttempts),
    ...listed(owner.processes.map(processText), MOST_PROCESSES),
  ];
  const known = facts.filter((fact): fact is string => fact !== null);
  return known.length === 0 ? whoText(owner) : `${whoText(owner)}  ${style.dim(`(${known.join('; ')})`)}`;
};

/** One line that names who else used the connections; none when nobody did. */
export const usersText = ({ usedBy = [] }: ViolationScope): string[] =>
  usedBy.length === 0 ? [] : [`also used by ${listed(usedBy.map(titleOf), MOST_CANDIDATES).join(' | ')}`];

/** `curl http://x, pid 12`, cut where the command is long. */
export const processText = ({ pid, argv }: ProcessInfo): string => {
  if (argv === null || argv.length === 0) return `pid ${pid}`;
  return `${commandText(argv)}, pid ${pid}`;
};

/** At most `most` of the items, and how many more there are. */
export const listed = (items: readonly string[], most: number): string[] =>
  items.length <= most ? [...items] : [...items.slice(0, most), `and ${items.length - most} more`];

const whoText = ({ method, scope, candidates }: ViolationScope): string => {
  if (method === 'ambiguous' && candidates.length === 1)
    return `perhaps ${candidates.map(titleOf).join('')}  (on a thread that all tests of its process share)`;
  if (method === 'ambiguous') return `one of ${candidates.length}: ${listed(candidates.map(titleOf), MOST_CANDIDATES).join(' | ')}`;
  if (scope === null) return 'outside any test';
  return scope.kind === 'run' ? titleOf(scope) : `by ${titleOf(scope)}`;
};

const titleOf = (scope: Scope): string => printable(scopeTitle(scope));

const methodText = (method: Method): string | null => {
  switch (method) {
    case 'context':
    case 'lineage':
      return method;
    case 'ambiguous':
    case 'none':
      return null;
  }
};

const timingText = (timing: Timing): string | null => {
  switch (timing) {
    case 'late':
      return 'late: after its end';
    case 'detached':
      return 'detached: the process outlived it';
    case null:
      return null;
  }
};

/** `violated in attempt 1, clean in attempt 2`: what the framework's own result may not show. */
const attemptsText = (attempts: ViolationScope['testAttempts']): string | null => {
  if (!attempts) return null;
  const clean = Array.from({ length: attempts.run }, (_, index) => index + 1).filter((attempt) => !attempts.violated.includes(attempt));
  const violated = `violated in ${attemptList(attempts.violated)}`;
  return clean.length === 0 ? violated : `${violated}, clean in ${attemptList(clean)}`;
};

const attemptList = (attempts: readonly number[]): string => {
  const shown = listed(attempts.map(String), MOST_ATTEMPTS);
  return `${attempts.length === 1 ? 'attempt' : 'attempts'} ${shown.join(', ')}`;
};

const MOST_ATTEMPTS = 5;
const MOST_PROCESSES = 3;
const MOST_CANDIDATES = 5;
