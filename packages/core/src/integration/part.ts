import { NetauditError } from '../model/error.js';
import type { SessionFile } from '../model/session.js';
import { type AdapterOptions, type AdapterSettings, adapterSettings } from './options.js';
import { takeAuditState } from './state.js';

/** The run that a framework's process takes part in. */
export type JoinedSession = SessionFile & { readonly folder: string };

/** What a framework's main process has to do with an audit. `notice`: text for stderr, '' for none. */
export type Part =
  | Alone
  | { readonly kind: 'joined'; readonly session: JoinedSession }
  /** Nobody audits it yet: its run has to begin. */
  | { readonly kind: 'begin'; readonly settings: AdapterSettings }
  | Exit;

/** Goes on as if netaudit were not there. */
type Alone = { readonly kind: 'alone'; readonly notice: string };
type Exit = { readonly kind: 'exit'; readonly exitCode: number; readonly notice: string };

/** The part of this process by its options, its environment and its tracer. The session is taken out of `env`. */
export const decidePart = (options: () => AdapterOptions, env: NodeJS.ProcessEnv): Part => {
  try {
    const settings = adapterSettings(options(), env);
    if (!settings.enabled) return alone;
    const state = takeAuditState(env);
    switch (state.kind) {
      case 'session':
        return { kind: 'joined', session: state.session };
      case 'nested':
        return alone;
      case 'foreign-tracer':
        return unauditedPart('another program traces this process (strace, a debugger), and a process has one tracer at most', settings);
      case 'untraced':
        settings.allowlist();
        settings.baseline();
        return { kind: 'begin', settings };
    }
  } catch (error) {
    return mistakePart(error);
  }
};

/** The part left to a process whose run can not be audited: on its own, with a notice, or not at all. */
export const unauditedPart = (reason: string, { unauditedFails }: AdapterSettings, what = 'this run'): Alone | Exit => {
  const notice = `netaudit: ${what} is not audited: ${reason}\n`;
  return unauditedFails ? { kind: 'exit', exitCode: 2, notice: `${notice}${incomplete}` } : { kind: 'alone', notice };
};

/** A mistake of the user's: one message, exit 3. Throws what is not one. */
export const mistakePart = (error: unknown): Exit => {
  if (!(error instanceof NetauditError)) throw error;
  return { kind: 'exit', exitCode: 3, notice: `netaudit: ${error.message}\n${error.details.frame ? `${error.details.frame}\n` : ''}` };
};

/** Whether `error` says that this machine can not audit. */
export const isInability = (error: unknown): error is NetauditError =>
  error instanceof NetauditError && ['STRACE_NOT_FOUND', 'STRACE_UNUSABLE', 'PLATFORM', 'TEMPORARY_FOLDER'].includes(error.code);

const alone: Alone = { kind: 'alone', notice: '' };
const incomplete = "netaudit: verdict incomplete, exit 2 (option whenUnaudited: 'warn' runs the tests all the same)\n";
