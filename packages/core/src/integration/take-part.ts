import { Writable } from 'node:stream';
import { NetauditError } from '../model/error.js';
import type { SessionFile } from '../model/session.js';
import { type AdapterOptions, type AdapterSettings, adapterSettings } from './options.js';
import { rerunUnderAudit } from './rerun.js';
import { takeAuditState } from './state.js';

/** The run that a framework's process takes part in. */
export type JoinedSession = SessionFile & { readonly folder: string };

/** What only the adapter knows of the process it is loaded in. */
export type ProcessFacts = {
  readonly env: NodeJS.ProcessEnv;
  /** Why this process can not be started again as it is, as one clause; null when it can. */
  readonly rerunRefused: () => string | null;
  /** Takes part another way where a re-run is refused (`wrapWorkers`); null when that is decided later. Without it such a run is not audited. */
  readonly instead?: (settings: AdapterSettings) => JoinedSession | null;
  /** Holds back what the framework prints while this process only waits; what it returns ends that, and prints or drops what was held. */
  readonly silence?: () => (held: 'print' | 'drop') => void;
};

/**
 * Decides, in a framework's main process, between three: leave it alone (null), take part in the audit it is under, or start it again under
 * audit; then this process only waits, prints, and exits with the code of the run. Options that have to be read first come as a function.
 */
export const takePart = async (options: AdapterOptions | (() => AdapterOptions), facts: ProcessFacts): Promise<JoinedSession | null> => {
  try {
    const settings = adapterSettings(typeof options === 'function' ? options() : options, facts.env);
    if (!settings.enabled) return null;
    const state = takeAuditState(facts.env);
    switch (state.kind) {
      case 'session':
        return state.session;
      case 'nested':
        return null;
      case 'foreign-tracer':
        return await unaudited('another program traces this process (strace, a debugger), and a process has one tracer at most', settings);
      case 'untraced':
        settings.allowlist();
        return await orUnaudited(settings, () => begin(settings, facts));
    }
  } catch (error) {
    if (error instanceof NetauditError) return stop(error);
    throw error;
  }
};

const begin = async (settings: AdapterSettings, { rerunRefused, instead, silence }: ProcessFacts): Promise<JoinedSession | null> => {
  const refused = inspected() ? 'an inspector is active, which a second start could not share' : rerunRefused();
  if (refused !== null) return instead ? instead(settings) : unaudited(refused, settings);
  const speak = silence?.();
  try {
    const { exitCode, text } = await rerunUnderAudit(settings);
    speak?.('drop');
    await print(text);
    process.exit(exitCode);
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
    if (error instanceof NetauditError && couldNotAudit.has(error.code)) return unaudited(error.message, settings);
    throw error;
  }
};

/** A configuration mistake: one message, exit 3. */
const stop = async (error: NetauditError): Promise<never> => {
  await print(`netaudit: ${error.message}\n${error.details.frame ? `${error.details.frame}\n` : ''}`);
  process.exit(3);
};

/** One notice that the tests, or `part` of them, run without an audit; where the settings say that this fails the run, exit 2. */
export const unaudited = async (reason: string, { unauditedFails }: AdapterSettings, part = 'this run'): Promise<null> => {
  await print(`netaudit: ${part} is not audited: ${reason}\n`);
  if (unauditedFails) {
    await print("netaudit: verdict incomplete, exit 2 (option whenUnaudited: 'warn' runs the tests all the same)\n");
    process.exit(2);
  }
  return null;
};

/** By the method of the class: frameworks replace `process.stderr.write` by functions that never call back. */
const print = (text: string): Promise<void> =>
  new Promise((resolve) => Writable.prototype.write.call(process.stderr, text, 'utf8', () => resolve()));

const couldNotAudit = new Set(['STRACE_NOT_FOUND', 'STRACE_UNUSABLE', 'PLATFORM']);
