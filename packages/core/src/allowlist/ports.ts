import { NetauditError } from '../model/error.js';

/** Ports as a rule gives them: a number, a range `"8000-8100"`, or a list of these. */
export type PortSpec = number | string | readonly (number | string)[];

export type PortRange = { readonly low: number; readonly high: number };

/** What messages say of ports. */
export const PORTS_ALLOWED = 'a number from 0 to 65535, a range such as "8000-8100", or a list of these';

/** The ranges that the spec names; throws ALLOWLIST_PORT. */
export const parsePorts = (spec: PortSpec): readonly PortRange[] => {
  const items: readonly (number | string)[] = typeof spec === 'object' ? spec : [spec];
  if (items.length === 0) throw refuse('an empty list of ports');
  return items.map(rangeOf);
};

/** True when a range holds the port; a destination without a port is in no range. */
export const includesPort = (ranges: readonly PortRange[], port: number | null): boolean => {
  if (port !== null) for (const { low, high } of ranges) if (low <= port && port <= high) return true;
  return false;
};

/** The ranges as a rule would write them. */
export const portsText = (ranges: readonly PortRange[]): string =>
  ranges.map(({ low, high }) => (low === high ? `${low}` : `${low}-${high}`)).join(',');

const rangeOf = (item: number | string): PortRange => {
  const [, from, to] = /^(0|[1-9][0-9]{0,4})(?:-(0|[1-9][0-9]{0,4}))?$/.exec(String(item)) ?? [];
  if (from === undefined) throw refuse(`'${item}'`);
  const range = { low: Number(from), high: Number(to ?? from) };
  if (range.high > 65_535 || range.low > 65_535) throw refuse(`'${item}'`);
  if (range.low > range.high) throw refuse(`the range '${item}', which ends before it begins`);
  return range;
};

const refuse = (given: string): NetauditError =>
  new NetauditError('ALLOWLIST_PORT', {
    found: `port is ${given}`,
    allowed: PORTS_ALLOWED,
  });
