import { Writable } from 'node:stream';
import type { AdapterOptions, AdapterSettings } from './options.js';
import { decidePart, isInability, type JoinedSession, mistakePart, type Part, unauditedPart } from './part.js';

/** What only the adapter knows of the process it is loaded in. */
export type ProcessFacts = {
  readonly env: NodeJS.ProcessEnv;
  /** Why this process can not be started again as it is, as one clause; null when it can. */
  readonly rerunRefused: () => string | null;
  /** Takes part another way where a re-run is refused (`wrapWorkers`); null when that is decided later. Without it such a run is not audited. */
  readonly instead?: (settings: AdapterSettings) => JoinedSession | null | Promise<JoinedSession | null>;
  /** Holds back what the framework prints while this process only waits; what it returns ends that, and prints or drops what was held. */
  readonly silence?: () => (held: 'print' | 'drop') => void;
};

/**
 * Decides, in a framework's main process, between three: leave it alone (null), take part in the audit it is under, or start it again under
 * audit; then this process only waits, prints, and exits with the code of the run. Options that have to be read first come as a function.
 */
export const takePart = async (options: AdapterOptions | (() => AdapterOptions), facts: ProcessFacts): Promise<JoinedSession | null> => {
  const part = decidePart(typeof options === 'function' ? options : () => options, facts.env);
  if (part.kind !== 'begin') return play(part);
  try {
    return await orUnaudited(part.settings, () => begin(part.settings, facts));
  } catch (error) {
    return play(mistakePart(error));
  }
};

const begin = async (settings: AdapterSettings, { rerunRefused, instead, silence }: ProcessFacts): Promise<JoinedSession | null> => {
  const refused = inspected() ? 'an inspector is active, which a second start could not share' : rerunRefused();
  if (refused !== null) return instead ? instead(settings) : unaudited(refused, settings);
  const speak = silence?.();
  try {
    // Large, and needed here alone: not in the process that is started again.
    const { rerunUnderAudit } = await import('./rerun.js');
    const { exitCode, text } = await rerunUnderAudit(settings);
    speak?.('drop');
    return await play({ kind: 'exit', exitCode, notice: text });
  } catch (error) {
    speak?.('print');
    throw error;
  }
};

/** Whether a debugger is, or may be, connected to this process. Some builds of Node have no inspector. */
const inspected = (): boolean => {
  try {
    return process.getBuiltinModule('node:inspector').url() !== undefined;
  } catch {
    return false;
  }
};

/** What `begin` gives, or null with a notice where this machine can not audit. */
export const orUnaudited = async <Result>(settings: AdapterSettings, begin: () => Result | Promise<Result>): Promise<Result | null> => {
  try {
    return await begin();
  } catch (error) {
    if (isInability(error)) return unaudited(error.message, settings);
    throw error;
  }
};

/** One notice that the tests, or the part of them that `what` names, run without an audit; where the settings say that this fails the run, exit 2. */
export const unaudited = async (reason: string, settings: AdapterSettings, what?: string): Promise<null> => {
  await play(unauditedPart(reason, settings, what));
  return null;
};

const play = async (part: Exclude<Part, { kind: 'begin' }>): Promise<JoinedSession | null> => {
  if (part.kind === 'joined') return part.session;
  await print(part.notice);
  if (part.kind === 'exit') process.exit(part.exitCode);
  return null;
};

/** By the method of the class: frameworks replace `process.stderr.write` by functions that never call back. */
const print = (text: string): Promise<void> =>
  new Promise((resolve) => Writable.prototype.write.call(process.stderr, text, 'utf8', () => resolve()));
