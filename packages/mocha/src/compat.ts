import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The parts of Mocha's objects that scopes are made from. */
export type Suite = { readonly root: boolean; readonly parent?: Suite; readonly file?: string; titlePath(): string[] };
export type Hook = { readonly parent: Suite };
export type Test = { readonly file?: string; pending: boolean; titlePath(): string[]; emit(event: 'error', error: Error): void };

/** A run of tests: its events are Mocha's own for reporters, its methods are private. */
export type Runner = {
  readonly test?: Test;
  on(event: 'suite' | 'suite end', listener: (suite: Suite) => void): void;
  on(event: 'hook', listener: (hook: Hook) => void): void;
  on(event: 'retry' | 'end', listener: () => void): void;
  prependListener(event: 'fail', listener: (runnable: unknown, error: Error) => void): void;
  run(...args: unknown[]): unknown;
  hookDown(name: string, done: Done): void;
  runTest(done: Done): void;
  hookUp(name: string, done: Done): void;
  /** `force`: also a test that was skipped. */
  fail(test: Test, error: Error, force: boolean): void;
};

export type Done = (...results: unknown[]) => void;

export type SuitePrototype = { emit(this: Suite, event: string, ...args: unknown[]): boolean };

/** What hooks are set on. */
export type Mocha = {
  readonly Runner: { readonly prototype: Runner };
  readonly Suite: { readonly prototype: SuitePrototype };
  readonly prototype: {
    loadFilesAsync(this: unknown, ...args: unknown[]): Promise<unknown>;
    parallelMode(this: unknown, enable?: boolean): unknown;
  };
};

/** Whether `program` (argv[1]) is Mocha's command line, its inner one for Node's flags included, or one of its parallel workers. */
export const isMochaProgram = (program: string | undefined): boolean => mochaFolder(program) !== null;

/** Whether `program` (argv[1]) is what Mocha's parallel mode starts once a worker. */
export const isMochaWorker = (program: string | undefined): boolean => isMochaProgram(program) && /[\\/]worker\.c?js$/.test(program ?? '');

/** The Mocha that runs as `program`; null when that is another program, or when Mocha has not the parts that hooks are set on. */
export const loadMocha = (program: string | undefined): Mocha | null => {
  const folder = mochaFolder(program);
  if (folder === null) return null;
  // v12 is an ES module around what the older ones are.
  const main = createRequire(join(folder, 'package.json'))('./') as Partial<Mocha> & { readonly default?: Partial<Mocha> };
  const mocha = main.default ?? main;
  return fits(mocha) ? mocha : null;
};

const mochaFolder = (program: string | undefined): string | null => {
  try {
    let folder = dirname(realpathSync(program ?? ''));
    while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string };
    return name === 'mocha' ? folder : null;
  } catch {
    return null;
  }
};

const fits = (mocha: Partial<Mocha>): mocha is Mocha => {
  const runner = mocha.Runner?.prototype;
  const ofRunner = [runner?.run, runner?.hookDown, runner?.runTest, runner?.hookUp, runner?.fail];
  const others = [mocha.Suite?.prototype.emit, mocha.prototype?.loadFilesAsync, mocha.prototype?.parallelMode];
  return [...ofRunner, ...others].every((method) => typeof method === 'function');
};
