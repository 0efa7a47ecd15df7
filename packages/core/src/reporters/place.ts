import { printable } from '../model/printable.js';
import type { Finding, ViolationScope } from '../model/report.js';
import type { Scope } from '../model/scope.js';

/** A place in a file of the project, its path relative to the root of the run. Line and column count from 1; null where only the file is known. */
export type Place = { readonly file: string; readonly line: number | null; readonly column: number | null };

/** The call in the user's code; else the test file; null where neither is known. */
export const placeOf = (owner: ViolationScope): Place | null => sitesOf(owner)[0] ?? filePlace(owner);

/** `file:line:column`, printable. */
export const placeLabel = (place: Place | null): string => {
  const { file, line, column } = fullPlace(place);
  return `${printable(file)}:${line}:${column}`;
};

/** Every call in files of the project that is known, each once. */
export const sitesOf = ({ origins }: ViolationScope): readonly Place[] => {
  const sites = origins.flatMap(({ site }) => (site !== null && isInside(site.file) ? [site] : []));
  const places = sites.map(({ file, line, column }) => ({ file, line: inText(line), column: inText(column) }));
  const each = new Map(places.map((place) => [JSON.stringify(place), place]));
  return [...each.values()];
};

/** Where a finding about a rule has its rule; null for others, and where it is not in a file of the project. */
export const placeOfRule = ({ code, evidence: [at = ''] }: Finding): Place | null => {
  if (!code.endsWith('-rule')) return null;
  const [, file = '', line, column] = /^(.*):(\d{1,9}):(\d{1,9})$/s.exec(at) ?? [];
  return file !== '' && isInside(file) ? { file, line: Number(line), column: Number(column) } : null;
};

/** A place with a line and a column, for readers that need one: the first of the file; where no file is known, of the policy, where a rule would go. */
export const fullPlace = (place: Place | null): { readonly file: string; readonly line: number; readonly column: number } =>
  place === null ? POLICY : { file: place.file, line: place.line ?? 1, column: place.column ?? 1 };

/** The file of the scope, or the one that all candidates share. */
const filePlace = ({ scope, candidates }: ViolationScope): Place | null => {
  const file = scope === null ? sharedFile(candidates) : scope.file;
  return file === null || !isInside(file) ? null : { file, line: null, column: null };
};

export const sharedFile = ([first, ...others]: readonly Scope[]): string | null =>
  first !== undefined && others.every(({ file, project }) => file === first.file && project === first.project) ? first.file : null;

/** What a trace carried may be any number. */
const inText = (number: number): number => Math.min(Math.max(1, number), 2 ** 31 - 1);

const isInside = (file: string): boolean => file !== '' && !file.startsWith('/') && !/^[a-z]{2,8}:/.test(file);

const POLICY = { file: 'netaudit.yaml', line: 1, column: 1 } as const;
