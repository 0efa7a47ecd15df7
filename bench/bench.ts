/** One table of docs/performance.md. */
export type Bench = {
  /** What is measured, in a few words. */
  readonly what: string;
  /** Measures, and returns the table as Markdown. */
  table(effort: Effort): Promise<string>;
};

/** How much is done. `short`: sizes and rounds that show a ratio within seconds, and no more than that. */
export type Effort = { readonly rounds: number; readonly short: boolean };
