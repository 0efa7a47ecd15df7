/** What detectors can conclude of a run, and what can be said of its rules, with the level that holds where the policy says nothing. `docs/findings/` has a page for each. */
export const findingLevels = {
  'blind-spot': 'warn',
  'cloud-metadata': 'fail',
  detached: 'warn',
  door: 'warn',
  'expired-rule': 'warn',
  late: 'warn',
  'refused-loopback': 'warn',
  'shadowed-rule': 'warn',
  'slow-connect': 'warn',
  'unused-rule': 'warn',
  warned: 'warn',
  'wide-rule': 'warn',
} as const satisfies Record<string, FindingLevel>;

export type FindingCode = keyof typeof findingLevels;

/** Those that are about the rules, and not about what happened. */
export type RuleFindingCode = Extract<FindingCode, `${string}-rule`>;

/** `fail`: the run has violations. `warn`: it is in the report. `off`: it is not looked for. */
export type FindingLevel = 'fail' | 'warn' | 'off';

/** The level of each code. */
export type FindingPolicy = Readonly<Record<FindingCode, FindingLevel>>;

export const levels = ['fail', 'warn', 'off'] as const satisfies readonly FindingLevel[];

/** Those that fail the run, and then the others. */
export const failingFirst = <Item extends { readonly level: 'fail' | 'warn' }>(findings: readonly Item[]): Item[] => [
  ...findings.filter(({ level }) => level === 'fail'),
  ...findings.filter(({ level }) => level === 'warn'),
];
