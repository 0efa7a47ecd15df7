import { type AdapterOptions, type AdapterSettings, type JoinedSession, takePart, unaudited, type WrappedRun } from '@netaudit/core/begin';
import { forceChildProcesses, type GlobalConfig, needsOneProcess, reportersAreReplaced, rerunRefused } from './compat.js';
import { leaveTerminal, type Speak } from './silence.js';

/** The part that this process takes. `wrapped`: it is not audited itself, its workers are. */
export type Part = { readonly session: JoinedSession | null; readonly wrapped: WrappedRun | null };

/**
 * In a reporter: takes part in the audit of this run, starts the run again under audit, or lets its workers be audited. `speak` ends the
 * silence of this process.
 */
export const auditJest = async (options: AdapterOptions, config: GlobalConfig, speak: Speak): Promise<Part> => {
  if (known.decided) return { session: known.session ?? null, wrapped: null };
  let wrapped: WrappedRun | null = null;
  let standAside: AdapterSettings | null = null;
  const instead = async (settings: AdapterSettings): Promise<JoinedSession | null> => {
    if (needsOneProcess(config) === null) wrapped = await wrapJest(settings);
    else standAside = settings;
    return wrapped?.session ?? null;
  };
  const silence = (): Speak => {
    leaveTerminal(Boolean(config.watch || config.watchAll));
    return speak;
  };
  const session = await takePart(options, { env: process.env, rerunRefused: () => rerunRefused(config), instead, silence });
  if (standAside) await unaudited(`${needsOneProcess(config)}, and this process can not be started again`, standAside);
  if (wrapped) return { session, wrapped };
  // Jest makes its reporters again for each run of watch mode, and the session can be taken from the environment only once.
  known.session = session ?? known.session;
  return { session: known.session ?? null, wrapped: null };
};

/** While the configuration is loaded: what can not be started again is left to the reporter, if there is one. */
export const auditConfiguration = async (options: AdapterOptions): Promise<JoinedSession | null> => {
  if (known.decided) return known.session ?? null;
  known.decided = true;
  const instead = (settings: AdapterSettings): null | Promise<null> => {
    known.decided = false;
    const refused = rerunRefused({});
    return reportersAreReplaced(process.argv) ? unaudited(`${refused}, and --reporters leaves out @netaudit/jest`, settings) : null;
  };
  known.session = (await takePart(options, { env: process.env, rerunRefused: () => rerunRefused({}), instead })) ?? undefined;
  return known.session ?? null;
};

/** Tests that Jest would run in its own process are run in a worker. */
const wrapJest = async (settings: AdapterSettings): Promise<WrappedRun> => {
  const { wrapWorkers } = await import('@netaudit/core/integration');
  const unforce = forceChildProcesses();
  const uncovered = ["Jest's main process: configuration, globalSetup, globalTeardown, reporters"];
  const wrapped = wrapWorkers(settings, unforce ? uncovered : [...uncovered, 'tests that Jest runs in its main process, or in threads']);
  const restore = (): void => {
    unforce?.();
    wrapped.restore();
  };
  const finish: WrappedRun['finish'] = () => {
    unforce?.();
    return wrapped.finish();
  };
  return { ...wrapped, restore, finish };
};

type Known = { session?: JoinedSession | undefined; decided?: boolean };
const key: unique symbol = Symbol.for('netaudit.jest') as never;
const keeper = process as NodeJS.Process & { [key]?: Known };
keeper[key] ??= {};
const known = keeper[key];
