import { analyzeTrace, Baseline, openEventLogs, openTrace, showEveryEvent } from '@netaudit/core';
import { loadAllowList } from './allowlist.js';
import { showProgress } from './progress.js';
import { chooseReporters, publish, type ReportOptions } from './report.js';
import { writeEvents } from './write.js';

export type AnalyzeOptions = ReportOptions;

/** Judges a saved trace and publishes the report on stdout; returns the exit code. */
export const analyze = async (trace: string, options: AnalyzeOptions): Promise<number> => {
  const allowlist = loadAllowList(options);
  const baseline = options.baseline === undefined ? null : Baseline.fromFile(options.baseline);
  const choices = chooseReporters(options);
  const { output, verbose, strict } = options;
  const keepEvents = verbose || showEveryEvent(choices);
  const events = openEventLogs(choices, writeEvents);
  const { input, onProgress, end } = showProgress(openTrace(trace, process.stdin), process.stderr);
  const report = await analyzeTrace(input, { allowlist, baseline, verbose: keepEvents, strict, events, onProgress }).finally(end);
  await publish(report, { choices, output, verbose, log: process.stdout });
  return report.exitCode;
};
