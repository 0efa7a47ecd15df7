import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One owner of one destination, as a report names it. */
export type ExpectedOwner = { readonly owner: string; readonly method: string; readonly timing: string | null; readonly count: number };

/** What an adapter must do with one small project. `failed`: full names of the tests that fail. */
export type Behaviour = {
  readonly name: string;
  readonly folder: string;
  readonly pools?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
  /** JavaScript of rules for the option allowlist. */
  readonly rules?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly exitCode: number;
    /** null: no report is written. */
    readonly verdict: string | null;
    readonly passed: number;
    readonly failed: readonly string[];
    readonly owners?: Readonly<Record<string, readonly ExpectedOwner[]>>;
    /** Titles of the candidates, for destinations that have no sure owner. */
    readonly candidates?: Readonly<Record<string, readonly string[]>>;
    readonly stderr?: string;
    readonly silent?: boolean;
    readonly firstError?: string;
  };
};

/** Every behaviour: a folder with behaviour.json and the project for each framework. */
export const behaviours = (): Behaviour[] =>
  readdirSync(root).map((name) => ({
    name,
    folder: `${root}/${name}`,
    ...JSON.parse(readFileSync(`${root}/${name}/behaviour.json`, 'utf8')),
  }));

const root = fileURLToPath(new URL('./behaviours', import.meta.url));
