import { analyzeTrace, Baseline, openTrace } from '@netaudit/core';
import { loadAllowList } from './allowlist.js';
import { checkWritable, publish, type ReportOptions } from './report.js';

export type AnalyzeOptions = ReportOptions;

/** Judges a saved trace and publishes the report on stdout; returns the exit code. */
export const analyze = async (trace: string, options: AnalyzeOptions): Promise<number> => {
  const allowlist = loadAllowList(options);
  const baseline = options.baseline === undefined ? null : Baseline.fromFile(options.baseline);
  checkWritable(options.output);
  const { verbose, strict } = options;
  const report = await analyzeTrace(openTrace(trace, process.stdin), { allowlist, baseline, verbose, strict });
  await publish(report, options, process.stdout);
  return report.exitCode;
};
