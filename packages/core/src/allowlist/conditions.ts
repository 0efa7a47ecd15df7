import type { ProcessInfo } from '../model/report.js';
import type { Scope, ScopeKind } from '../model/scope.js';
import { compilePattern } from './fnmatch.js';
import { compileGlob } from './glob.js';
import { type HostPattern, matchesHost } from './host.js';
import type { Call } from './rule.js';

/** What a rule can ask of whose doing a call is: hooks are those of suites and files, set-up is all that is outside of test files. */
export const scopeWords = ['test', 'hook', 'import', 'setup'] as const;

export type ScopeWord = (typeof scopeWords)[number];

/** What must hold of a call beside where it goes; what is absent is not asked. Several of a list: one of them is enough. */
export type Conditions = {
  readonly hosts?: readonly HostPattern[] | undefined;
  readonly transport?: 'tcp' | 'udp' | undefined;
  /** Patterns of test files, or of full names. */
  readonly tests?: readonly string[] | undefined;
  /** Patterns of programs or scripts. */
  readonly process?: readonly string[] | undefined;
  readonly scope?: readonly ScopeWord[] | undefined;
  /** The last day on which the rule holds, `YYYY-MM-DD`. */
  readonly expires?: string | undefined;
};

/** A test of all conditions. */
export const compileConditions = (conditions: Conditions): ((call: Call) => boolean) => {
  const { hosts, transport, tests, process, scope, expires } = conditions;
  const checks: ((call: Call) => boolean)[] = [];
  if (transport) checks.push((call) => call.transport === transport);
  if (expires) checks.push(notAfter(expires));
  if (hosts) checks.push(({ names = [] }) => names.some((name) => hosts.some((host) => matchesHost(host, name))));
  if (scope) checks.push((call) => call.scope !== undefined && call.scope !== null && scope.includes(wordOf(call.scope.kind)));
  if (tests) checks.push(inTests(tests));
  if (process) checks.push(byProcess(process));
  const [only, ...others] = checks;
  if (only === undefined) return () => true;
  return others.length === 0 ? only : (call) => checks.every((check) => check(call));
};

/** Whether the conditions look at whose doing a call is. */
export const asksForOwner = ({ tests, scope }: Conditions): boolean => tests !== undefined || scope !== undefined;

/** The moment at which a day is over everywhere that counts in UTC, in µs since the epoch. */
export const endOfDay = (day: string): number => (Date.parse(`${day}T00:00:00Z`) + 86_400_000) * 1000;

const notAfter = (day: string): ((call: Call) => boolean) => {
  const end = endOfDay(day);
  return ({ ts }) => ts !== undefined && ts < end;
};

const wordOf = (kind: ScopeKind): ScopeWord => {
  switch (kind) {
    case 'test':
    case 'import':
      return kind;
    case 'suite':
    case 'file':
      return 'hook';
    case 'run':
      return 'setup';
  }
};

/** A pattern is for a test by the path of its file, or by its full name, `suite > test`. What is known of a scope does not change. */
const inTests = (patterns: readonly string[]): ((call: Call) => boolean) => {
  const tests = patterns.map((pattern) => ({ pattern, isFile: compileGlob(pattern), isName: compilePattern(pattern) }));
  const known = new WeakMap<Scope, boolean>();
  const matches = ({ file, names }: Scope): boolean => {
    const fullName = names.join(' > ');
    return tests.some(
      ({ pattern, isFile, isName }) =>
        (file !== null && isFile(file)) ||
        (fullName !== '' && (fullName === pattern || isName(fullName) || fullName.startsWith(`${pattern} > `))),
    );
  };
  return ({ scope }) => {
    if (!scope) return false;
    const before = known.get(scope);
    if (before !== undefined) return before;
    const now = matches(scope);
    known.set(scope, now);
    return now;
  };
};

/** A pattern without `/` is for the name of the program or script; one that does not begin with `/` may begin at any folder. */
const byProcess = (patterns: readonly string[]): ((call: Call) => boolean) => {
  const programs = patterns.map((pattern) => {
    const isAnywhere = !pattern.startsWith('/') && !pattern.startsWith('**/');
    return compileGlob(isAnywhere ? `**/${pattern.replace(/^\.\//, '')}` : pattern);
  });
  return ({ process }) => !!process && filesOf(process).some((file) => programs.some((isProgram) => isProgram(file)));
};

/** The program that was executed, and the script that an interpreter runs. */
const filesOf = ({ file, argv }: ProcessInfo): readonly string[] => {
  const program = file ?? argv?.[0];
  if (program === undefined) return [];
  const script = argv !== null && INTERPRETERS.test(program) ? scriptIn(argv.slice(1)) : null;
  return script === null ? [program] : [program, script];
};

/** The first argument that is no option, nor the value of one; null where code comes from elsewhere. */
const scriptIn = ([first, ...rest]: readonly string[]): string | null => {
  if (first === undefined || CODE_OPTIONS.includes(first)) return null;
  if (!first.startsWith('-')) return first;
  return scriptIn(rest.slice(VALUE_OPTIONS.includes(first) ? 1 : 0));
};

/** Options of node(1), sh(1), python(1) and perl(1). */
const CODE_OPTIONS = ['-', '-e', '--eval', '-p', '--print', '-pe', '-c', '-lc', '-m', '-E'];
const VALUE_OPTIONS = ['-r', '--require', '--import', '-C', '--conditions', '--loader', '--experimental-loader', '-o', '-W', '-X'];
const INTERPRETERS = /(?:^|\/)(?:node|nodejs|bun|deno|sh|bash|dash|zsh|ksh|busybox|python|pypy|perl|ruby|php|java)[\d.]*$/;
