import { type SuperviseOptions, superviseCommand } from '../audit/supervise.js';
import { openEventLogs } from '../delivery/events.js';
import { handOver } from './hand-over.js';
import type { AdapterSettings } from './options.js';
import { ownCommand } from './own-command.js';

/** How a run under audit ended: the code to exit with, and what to print on stderr. */
export type RerunResult = { readonly exitCode: number; readonly text: string };

/**
 * Runs a command line again, under audit, and waits for its end; `abilities` are those of strace, where prepareStrace gave them. Throws a NetauditError
 * when it can not be audited.
 */
export const rerunUnderAudit = async (
  settings: AdapterSettings,
  argv: readonly string[] = ownCommand(),
  abilities?: SuperviseOptions['abilities'],
): Promise<RerunResult> => {
  const report = await superviseCommand({
    argv,
    allowlist: settings.allowlist(),
    baseline: settings.baseline(),
    mode: settings.mode,
    verbose: settings.keepsEvents,
    events: openEventLogs(settings.reporters),
    abilities,
  });
  return { exitCode: report.exitCode, text: handOver(report, settings) };
};
