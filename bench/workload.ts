/** One way of doing the same work. */
export type Variant = {
  /** `untraced` is what `netaudit` is compared with. */
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Work that is done in several ways, in turn, `rounds` times each. */
export type Workload = {
  readonly name: string;
  /** What is done, in a few words. */
  readonly what: string;
  readonly rounds: number;
  /** Lays the work out in an empty folder, in which the commands then run. */
  prepare(folder: string): readonly Variant[];
  /** How many operations (tests, requests) there are; the work writes what one took, in ms, into the file `elapsed`. */
  readonly operations?: number;
};

/** What one run took. Times in ms; `operation` is ms for one operation, by the work's own clock. */
export type Sample = { readonly wall: number; readonly cpu: number; readonly operation: number | null };
