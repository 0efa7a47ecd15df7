import type { StatedPermission } from '../../../model/permission.js';
import type { Scope } from '../../../model/scope.js';
import type { TestCall, Title } from './calls.js';
import { type Directive, directivesOf } from './directives.js';

/** The permissions that the comments of one test file state for a scope of it. */
export type FilePermissions = (scope: Pick<Scope, 'kind' | 'names'>) => readonly StatedPermission[];

/** `file`: as scopes name it. */
export const permissionsIn = (source: string, file: string): FilePermissions => {
  const { directives, calls } = directivesOf(source, file);
  if (directives.length === 0) return () => [];
  const find = finder(calls);
  return ({ kind, names }) => {
    const around = names.slice(0, -1).flatMap((_, index) => find(names.slice(0, index + 1), null));
    const own = names.length === 0 ? [] : find(names, kind);
    const holds = ({ call }: Directive): boolean =>
      call === null || [...around, ...own].includes(call) || own.some((test) => test.kind === 'test' && encloses(test, call));
    return directives.filter(holds).map((directive) => statedBy(directive, file));
  };
};

const statedBy = ({ target, reason, line, column, call }: Directive, file: string): StatedPermission => ({
  target,
  reason,
  at: `${file}:${line}:${column}`,
  covers: call?.kind ?? 'file',
});

/** `kind` null: any. */
type Find = (names: readonly string[], kind: string | null) => readonly TestCall[];

/** Of the calls that may have made what has these names (from the outermost suite): those that name it most exactly. */
const finder = (calls: readonly TestCall[]): Find => {
  const chains = new Map(calls.map((call) => [call, calls.filter((other) => encloses(other, call))]));
  const around = (call: TestCall): readonly TestCall[] => chains.get(call) ?? [];
  const byTitle = groupByTitle(calls);
  return (names, kind) => {
    const name = names.at(-1) ?? '';
    const titled = [...(byTitle.get(name) ?? []), ...(byTitle.get(null) ?? []).filter(({ title }) => fits(title, name))];
    const fitting = titled.filter((call) => (kind === null || call.kind === kind) && isWithin(around(call), names.slice(0, -1)));
    const ranks = fitting.map((call) => rankOf([...around(call), call]));
    return fitting.filter((_, index) => ranks[index] === Math.min(...ranks));
  };
};

/** Calls by their title, those whose title is a pattern under null. */
const groupByTitle = (calls: readonly TestCall[]): ReadonlyMap<string | null, readonly TestCall[]> => {
  const groups = new Map<string | null, TestCall[]>();
  for (const call of calls) {
    const key = typeof call.title === 'string' ? call.title : null;
    const group = groups.get(key);
    if (group) group.push(call);
    else groups.set(key, [call]);
  }
  return groups;
};

/** Whether the titles are among the names, in order; a function that makes tests may be called from several suites. */
const isWithin = (chain: readonly TestCall[], names: readonly string[]): boolean => {
  let next = 0;
  for (const name of names) if (fits(chain[next]?.title ?? null, name)) next += 1;
  return next === chain.length;
};

/** Texts before patterns, then more titles before fewer. */
const rankOf = (chain: readonly TestCall[]): number => chain.filter(({ title }) => typeof title !== 'string').length * 1000 - chain.length;

const fits = (title: Title | null, name: string): boolean => (title instanceof RegExp ? title.test(name) : title === name);

const encloses = (outer: TestCall, inner: TestCall): boolean => outer !== inner && outer.start <= inner.start && inner.end <= outer.end;
