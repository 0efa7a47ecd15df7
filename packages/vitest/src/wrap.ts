import type { AdapterSettings, JoinedSession } from '@netaudit/core/integration';
import { NetauditError, orUnaudited, unaudited, wrapWorkers } from '@netaudit/core/integration';
import type { Vitest } from 'vitest/node';
import { whereTestsRun } from './compat.js';

/**
 * The session of the worker processes of a Vitest that was not started again, wrapped from the first call until it closes; then the report is
 * printed. `elsewhere` names tests that no worker of Vitest runs. null when no worker can be wrapped.
 */
export const sessionOfWorkers = async (
  vitest: Vitest,
  settings: AdapterSettings,
  elsewhere: readonly string[],
): Promise<JoinedSession | null> => {
  const known = sessions.get(vitest);
  if (known !== undefined) return known;
  const session = await wrap(vitest, settings, elsewhere);
  sessions.set(vitest, session);
  return session;
};

const wrap = async (vitest: Vitest, settings: AdapterSettings, elsewhere: readonly string[]): Promise<JoinedSession | null> => {
  const places = new Set(vitest.projects.map(({ config }) => whereTestsRun(config)));
  if (places.has('threads')) await unaudited(threads, settings, places.has('processes') ? 'a part of this run' : undefined);
  if (!places.has('processes')) return null;
  const uncovered = [mainProcess, ...(places.has('threads') ? [threads] : []), ...elsewhere];
  const run = await orUnaudited(settings, () => wrapWorkers(settings, uncovered));
  if (!run) return null;
  let closed = false;
  vitest.onClose(async () => {
    if (closed) return;
    closed = true;
    // A Vitest that starts again when its configuration changes gets workers of a new run.
    sessions.delete(vitest);
    await report(run.finish());
  });
  return run.session;
};

/** Prints the report; the exit code of the process gets no better by it. */
const report = async (finished: ReturnType<ReturnType<typeof wrapWorkers>['finish']>): Promise<void> => {
  try {
    const { exitCode, text } = await finished;
    process.stderr.write(text);
    if (exitCode !== 0) process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof NetauditError)) throw error;
    process.stderr.write(`netaudit: ${error.message}\n`);
    process.exitCode = 3;
  }
};

const sessions = new WeakMap<Vitest, JoinedSession | null>();
const mainProcess = "Vitest's main process: configuration, global set-up, reporters";
const threads =
  "tests of the pools threads and vmThreads run in Vitest's own process, which was not started under audit; use the pool forks";
