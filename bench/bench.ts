/** One table of docs/performance.md. */
export type Bench = {
  /** What is measured, in a few words. */
  readonly what: string;
  /** Measures, and returns the table as Markdown. */
  table(effort: Effort): Promise<string>;
};

/** How much is done. `short`: sizes and rounds that show within seconds that everything runs, and a ratio, and no more than that. */
export type Effort = { readonly rounds: number; readonly short: boolean };

/** Every round, with whether it counts: a first one warms up, unless it is to be short. */
export const roundsOf = ({ rounds, short }: Effort): readonly boolean[] => [
  ...(short ? [] : [false]),
  ...Array<boolean>(rounds).fill(true),
];
