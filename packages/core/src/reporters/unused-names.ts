import { printable } from '../model/printable.js';
import type { UnusedName } from '../model/report.js';
import { listed, ownerText } from './owner.js';

/** What was asked for and not connected to, as a question can carry data out: those that were not allowed, or all. */
export const unusedNameLines = (names: readonly UnusedName[], verbose: boolean): string[] => {
  const shown = names.filter(({ allowed }) => verbose || !allowed);
  if (shown.length === 0) return [];
  return ['  queries without a connection:', ...listed(shown.map(nameText), MOST_NAMES).map((line) => `    ${line}`)];
};

const nameText = ({ name, types, status, count, scopes }: UnusedName): string => {
  const owners = scopes.map((scope) => ownerText(scope));
  const answer = status === null ? 'no answer seen' : printable(status);
  return [
    `${printable(name)} ${types.join(', ')}: ${answer} (count=${count})`,
    ...listed(owners, MOST_OWNERS).map((line) => `      ${line}`),
  ].join('\n');
};

const MOST_NAMES = 20;
const MOST_OWNERS = 3;
