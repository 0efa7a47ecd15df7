import { type FindingLevel, type FindingPolicy, findingLevels, isFindingCode, levels } from '../../model/finding.js';
import { type Field, readFields } from './fields.js';
import type { Mistakes } from './mistakes.js';
import { type Resolve, scalarOf, shown } from './values.js';

/** The mapping of finding codes to levels; what it does not name keeps its default. YAML 1.2 has no boolean `off`, so it is text. */
export const readFindings = (field: Field | undefined, resolve: Resolve, mistakes: Mistakes): FindingPolicy => {
  if (!field) return findingLevels;
  if (field.value === null || scalarOf(resolve(field.value)) === null) {
    mistakes.add(field.at, 'ALLOWLIST_VALUE', { found: 'findings is empty', allowed: allowedCodes });
    return findingLevels;
  }
  const { byName } = readFields(field.value, { resolve, mistakes, what: 'findings', known: Object.keys(findingLevels) });
  const said = [...byName].flatMap(([code, value]) => {
    const level = levelIn(value, resolve, mistakes);
    return level !== null && isFindingCode(code) ? [[code, level] as const] : [];
  });
  return { ...findingLevels, ...Object.fromEntries(said) };
};

const levelIn = (field: Field, resolve: Resolve, mistakes: Mistakes): FindingLevel | null => {
  const value = scalarOf(resolve(field.value));
  const level = levels.find((candidate) => candidate === value);
  if (level === undefined) {
    mistakes.add(field.at, 'ALLOWLIST_VALUE', { found: `${field.name} is ${shown(value)}`, allowed: levels.join(', ') });
  }
  return level ?? null;
};

const allowedCodes = `the keys ${Object.keys(findingLevels).join(', ')}`;
