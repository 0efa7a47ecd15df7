import { createReadStream } from 'node:fs';
import { analyzeTrace, NetauditError } from '@netaudit/core';
import { loadAllowList } from './allowlist.js';
import { checkWritable, publish, type ReportOptions } from './report.js';

export type AnalyzeOptions = ReportOptions;

/** Judges a saved trace and publishes the report on stdout; returns the exit code. */
export const analyze = async (trace: string, options: AnalyzeOptions): Promise<number> => {
  const allowlist = loadAllowList(options.allowlist);
  checkWritable(options.output);
  const report = await analyzeTrace(read(trace), { allowlist, verbose: options.verbose });
  await publish(report, options, process.stdout);
  return report.exitCode;
};

/** The bytes of the file, or of standard input for `-`; throws TRACE_READ. */
async function* read(trace: string): AsyncGenerator<Uint8Array, void, undefined> {
  const input: AsyncIterable<Uint8Array> = trace === '-' ? process.stdin : createReadStream(trace);
  try {
    yield* input;
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    throw new NetauditError('TRACE_READ', { found: `cannot read the trace '${trace}': ${reasons[code] ?? code}`, cause });
  }
}

const reasons: Readonly<Record<string, string>> = { ENOENT: 'no such file', EACCES: 'permission denied', EISDIR: 'it is a folder' };
