import { fileURLToPath } from 'node:url';
import { type AdapterOptions, adapterSettings, NetauditError, rerunUnderAudit, takeAuditState } from '@netaudit/core/integration';
import { isVitestProgram, isVitestRun, runsTests } from './compat.js';

/** What the plugin adds to the configuration: nothing outside a run under audit. */
type Addition = { test: { globalSetup: string[] } } | undefined;

/** Decides, once a Vitest process, between three: leave it alone, start it again under audit, or take part in the audit. */
export const auditVitest = async (options: AdapterOptions): Promise<Addition> => {
  if (!isVitestRun(process.env)) return undefined;
  try {
    const settings = adapterSettings(options, process.env);
    if (!settings.enabled || !runsTests(process.argv)) return undefined;
    const state = takeAuditState(process.env);
    switch (state.kind) {
      case 'session':
        joined.session = state.session;
        return { test: { globalSetup: [globalSetupFile] } };
      case 'nested':
        return joined.session ? { test: { globalSetup: [globalSetupFile] } } : undefined;
      case 'foreign-tracer':
        return unaudited(
          'another program traces this process (strace, a debugger), and a process has one tracer at most',
          settings.unauditedFails,
        );
      case 'untraced':
        return await rerun(settings);
    }
  } catch (error) {
    if (error instanceof NetauditError) return stop(error);
    throw error;
  }
};

const rerun = async (settings: ReturnType<typeof adapterSettings>): Promise<undefined> => {
  if (!isVitestProgram(process.argv[1]))
    return unaudited('Vitest was started by another program (an editor, its Node API)', settings.unauditedFails);
  settings.allowlist();
  try {
    const { exitCode, text } = await rerunUnderAudit(settings);
    await print(text);
    process.exit(exitCode);
  } catch (error) {
    if (error instanceof NetauditError && couldNotAudit.has(error.code)) return unaudited(error.message, settings.unauditedFails);
    throw error;
  }
};

/** A configuration mistake: one message, exit 3. */
const stop = async (error: NetauditError): Promise<never> => {
  await print(`netaudit: ${error.message}\n${error.details.frame ? `${error.details.frame}\n` : ''}`);
  process.exit(3);
};

const unaudited = async (reason: string, fails: boolean): Promise<undefined> => {
  await print(`netaudit: this run is not audited: ${reason}\n`);
  if (fails) {
    await print("netaudit: verdict incomplete, exit 2 (option whenUnaudited: 'warn' runs the tests all the same)\n");
    process.exit(2);
  }
};

const print = (text: string): Promise<void> => new Promise((resolve) => process.stderr.write(text, () => resolve()));

const couldNotAudit = new Set(['STRACE_NOT_FOUND', 'STRACE_UNUSABLE', 'PLATFORM']);
const globalSetupFile = fileURLToPath(new URL('./global-setup.js', import.meta.url));

/** Vitest reads its configuration again in watch mode and once a project: the session is taken from the environment only once. */
export type Joined = { session?: { readonly folder: string; readonly nonce: string; readonly mode: 'fail' | 'warn' | 'report' } };
const key: unique symbol = Symbol.for('netaudit.vitest.session') as never;
const keeper = globalThis as { [key]?: Joined };
keeper[key] ??= {};
const joined = keeper[key];
