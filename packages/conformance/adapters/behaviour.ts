import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FrameworkName } from './framework.js';

/** One owner of one destination, as a report names it. Files have no extension. */
export type ExpectedOwner = { readonly owner: string; readonly method: string; readonly timing: string | null; readonly count: number };

/** What a run must come to. `failed`: full names of the tests that fail. */
export type Expectation = {
  readonly exitCode: number;
  /** null: no report is written. */
  readonly verdict: string | null;
  /** Not told where chance has a part in which tests fail. */
  readonly passed?: number;
  readonly failed?: readonly string[];
  /** Files that fail by themselves and not by a test, without extension; told of Jest. */
  readonly failedFiles?: readonly string[];
  readonly owners?: Readonly<Record<string, readonly ExpectedOwner[]>>;
  /** The right owners of every destination: nobody else is named as sure, and each of them is, or is a candidate. */
  readonly among?: Readonly<Record<string, readonly string[]>>;
  /** Titles of the candidates, for destinations that have no sure owner. */
  readonly candidates?: Readonly<Record<string, readonly string[]>>;
  /** Titles of the other scopes that used the connections to a destination. */
  readonly usedBy?: Readonly<Record<string, readonly string[]>>;
  /** For destinations, a part of each line of the project's source that the report names as a call site; a package in brackets. */
  readonly sites?: Readonly<Record<string, readonly string[]>>;
  /** Destinations that the report counts as attempts of one call, by the host that was asked for. */
  readonly attempts?: Readonly<Record<string, readonly string[]>>;
  /** How often each inline permission was used, by `reach target`. */
  readonly permissions?: Readonly<Record<string, number>>;
  /** How many gaps of each kind the report counts. */
  readonly gaps?: Readonly<Record<string, number>>;
  /** Text that netaudit or the framework prints on stderr. */
  readonly stderr?: string;
  /** netaudit prints nothing. */
  readonly silent?: boolean;
  /** How many notices the report has. */
  readonly notices?: number;
  /** Text of the first failure. */
  readonly firstError?: string;
};

/** What an adapter must do with one small project, in `suite/` for every framework or in a folder named after one. */
export type Behaviour = {
  readonly name: string;
  readonly folder: string;
  /** The behaviour whose project it runs, when it has none of its own. */
  readonly project?: string;
  /** Frameworks that it does not apply to, and why. */
  readonly not?: Readonly<Partial<Record<FrameworkName, string>>>;
  /** The variants of cells to run, by framework; all when it is not named. */
  readonly variants?: Readonly<Partial<Record<FrameworkName, readonly string[]>>>;
  /** The installs of cells to run, by framework; all when it is not named. */
  readonly installs?: Readonly<Partial<Record<FrameworkName, readonly string[]>>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** JavaScript of rules for the option allowlist. */
  readonly rules?: readonly string[];
  /** Settings in the framework's own configuration, by framework. */
  readonly config?: Readonly<Partial<Record<FrameworkName, Readonly<Record<string, unknown>>>>>;
  /** Arguments of the framework's command line, by framework. */
  readonly args?: Readonly<Partial<Record<FrameworkName, readonly string[]>>>;
  readonly env?: Readonly<Record<string, string>>;
  /** A shell command that is run in the project first; NODE is the cell's Node. */
  readonly before?: string;
  /** What the framework prints, its exit code and these files are as in a run with NETAUDIT=0. */
  readonly unchanged?: readonly string[];
  readonly expect: Expectation;
  /** Where a framework's own habits make another outcome right, and why. */
  readonly differs?: Readonly<Partial<Record<FrameworkName, Partial<Expectation> & { readonly because: string }>>>;
};

/** Every behaviour: a folder with behaviour.json, expectation.cjs where that does not say what to expect, and the projects. */
export const behaviours = (): Behaviour[] =>
  readdirSync(root).map((name) => {
    const stated = JSON.parse(readFileSync(join(root, name, 'behaviour.json'), 'utf8')) as Behaviour;
    return { ...stated, ...(stated.expect ? {} : madeExpectation(name)), name, folder: join(root, stated.project ?? name) };
  });

/** One that is too long to be written by hand. */
const madeExpectation = (name: string): Pick<Behaviour, 'expect' | 'differs'> =>
  createRequire(import.meta.url)(join(root, name, 'expectation.cjs')) as Behaviour;

/** Folders of the behaviour's project for a framework: a file of a later one takes the place of that of an earlier one. */
export const projectFolders = (behaviour: Behaviour, framework: FrameworkName): string[] =>
  ['suite', framework].map((name) => join(behaviour.folder, name)).filter((folder) => existsSync(folder));

/** Whether the behaviour is one of this framework. */
export const appliesTo = (behaviour: Behaviour, framework: FrameworkName): boolean => !behaviour.not?.[framework];

export const expectationFor = (behaviour: Behaviour, framework: FrameworkName): Expectation => ({
  ...behaviour.expect,
  ...behaviour.differs?.[framework],
});

const root = fileURLToPath(new URL('./behaviours', import.meta.url));
