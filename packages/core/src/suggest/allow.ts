import { NetauditError } from '../model/error.js';
import type { Violation } from '../model/report.js';
import { needsOfViolation } from './needs.js';
import { entryLines } from './render.js';
import { fieldsOf } from './rules.js';

/** What the user says of an entry. `expires`: a day, YYYY-MM-DD. */
export type Grounds = { readonly reason: string; readonly expires?: string | undefined };

const refuse = ({ id, family, deniedBy = [] }: Violation): NetauditError =>
  new NetauditError('USAGE', {
    found:
      deniedBy.length > 0
        ? `${id} is denied by the rule ${deniedBy.join(', ')}, which wins over any that allows`
        : `no rule can allow ${id}, which is ${family}`,
    ...(deniedBy.length > 0 && { fix: 'change that rule, or what the test does' }),
  });

/** The entries that allow one violation: one, or one for each name by which its address was asked for. Throws USAGE where no rule can allow it. */
export const entriesFor = (violation: Violation, { reason, expires }: Grounds): string[][] => {
  const fields = needsOfViolation(violation).map(fieldsOf);
  const possible = fields.flatMap((each) => (each ? [each] : []));
  if (possible.length < fields.length) throw refuse(violation);
  return possible.map((each) =>
    entryLines([...each, ['reason', reason], ...(expires === undefined ? [] : [['expires', expires] as const])]),
  );
};
