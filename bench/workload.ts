/** One way of doing the same work. */
export type Variant = {
  /** `untraced` is what the others are compared with; `strace` is plain strace; anything else is a bench's own. */
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Work that is done in several ways, in turn. */
export type Workload = {
  readonly name: string;
  /** Lays the work out in an empty folder, in which the commands then run. */
  prepare(folder: string): readonly Variant[];
  /** The work measures by itself what one operation (a test, a request) takes, in ms, and writes that into the file `elapsed`. */
  readonly hasOwnClock?: boolean;
  /** What the supervisor itself takes is looked at. */
  readonly withSupervisor?: boolean;
};

/** What one run took. Times in ms; `operation` is ms for one operation, by the work's own clock. */
export type Sample = {
  readonly wall: number;
  readonly cpu: number;
  readonly operation: number | null;
  readonly supervisor: Usage | null;
};

/** What one process took: user and system time in ms, and MB at the most. */
export type Usage = { readonly cpu: number; readonly memory: number };
