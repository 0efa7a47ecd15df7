/** What detectors can conclude, with the level that holds where the policy says nothing. `docs/findings/` has a page for each. */
export const findingLevels = {
  'blind-spot': 'warn',
  'cloud-metadata': 'fail',
  detached: 'warn',
  door: 'warn',
  late: 'warn',
  'refused-loopback': 'warn',
  'slow-connect': 'warn',
} as const satisfies Record<string, FindingLevel>;

export type FindingCode = keyof typeof findingLevels;

/** `fail`: the run has violations. `warn`: it is in the report. `off`: it is not looked for. */
export type FindingLevel = 'fail' | 'warn' | 'off';

/** The level of each code. */
export type FindingPolicy = Readonly<Record<FindingCode, FindingLevel>>;

export const levels: readonly FindingLevel[] = ['fail', 'warn', 'off'];

export const isFindingCode = (text: string): text is FindingCode => Object.hasOwn(findingLevels, text);
