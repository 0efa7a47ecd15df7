import {
  Baseline,
  checkWritable,
  isDocument,
  type Mode,
  openEventLogs,
  outerTracer,
  showEveryEvent,
  superviseCommand,
} from '@netaudit/core';
import { loadAllowList } from './allowlist.js';
import { runForOuterAudit } from './defer.js';
import { chooseReporters, publish, type ReportOptions } from './report.js';
import { writeEvents } from './write.js';

export type RunOptions = ReportOptions & { readonly keepTrace?: string; readonly mode: Mode };

/** Runs the command under audit and publishes the report; returns the exit code. Stdout is the command's, or that of one document alone. */
export const run = async (argv: readonly string[], options: RunOptions): Promise<number> => {
  const allowlist = loadAllowList(options);
  const baseline = options.baseline === undefined ? null : Baseline.fromFile(options.baseline);
  const choices = chooseReporters(options);
  const { output, keepTrace, verbose, strict, mode } = options;
  if (keepTrace !== undefined) checkWritable(keepTrace);
  if (outerTracer()?.ours) return runForOuterAudit(argv);
  const report = await superviseCommand({
    argv,
    allowlist,
    baseline,
    keepTrace,
    verbose: verbose || showEveryEvent(choices),
    strict,
    mode,
    events: openEventLogs(choices, writeEvents),
    stdio: choices.some(isDocument) ? 'stdout-to-stderr' : 'inherit',
  });
  await publish(report, { choices, output, verbose, log: mode === 'report' ? null : process.stderr });
  return report.exitCode;
};
