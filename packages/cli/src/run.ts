import { Baseline, outerTracer, superviseCommand } from '@netaudit/core';
import { loadAllowList } from './allowlist.js';
import { runForOuterAudit } from './defer.js';
import { checkWritable, publish, type ReportOptions } from './report.js';

export type RunOptions = ReportOptions & { readonly keepTrace?: string };

/** Runs the command under audit and publishes the report; returns the exit code. Stdout is the command's, or the JSON report's alone. */
export const run = async (argv: readonly string[], options: RunOptions): Promise<number> => {
  const allowlist = loadAllowList(options);
  const baseline = options.baseline === undefined ? null : Baseline.fromFile(options.baseline);
  checkWritable(options.output);
  checkWritable(options.keepTrace);
  if (outerTracer()?.ours) return runForOuterAudit(argv);
  const reportOnStdout = options.format === 'json' && options.output === undefined;
  const report = await superviseCommand({
    argv,
    allowlist,
    baseline,
    keepTrace: options.keepTrace,
    verbose: options.verbose,
    strict: options.strict,
    stdio: reportOnStdout ? 'stdout-to-stderr' : 'inherit',
  });
  await publish(report, options, reportOnStdout ? process.stdout : process.stderr);
  return report.exitCode;
};
