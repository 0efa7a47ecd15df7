import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { NetauditError, type Report, type ReportFormat, renderers } from '@netaudit/core';
import { write } from './write.js';

/** The options of every command that makes a report. */
export type ReportOptions = {
  readonly policy?: string;
  readonly allowlist?: string;
  readonly baseline?: string;
  readonly format: ReportFormat;
  readonly output?: string;
  readonly verbose: boolean;
  /** Whether a line of the trace that can not be read makes the audit incomplete. */
  readonly strict: boolean;
};

/** Writes the report to `--output`, else to the stream. */
export const publish = async (
  report: Report,
  { format, output, verbose }: Pick<ReportOptions, 'format' | 'output' | 'verbose'>,
  stream: Writable,
): Promise<void> => {
  const text = `${renderers[format].render(report, { verbose })}\n`;
  if (output === undefined) return write(stream, text);
  try {
    writeFileSync(output, text);
  } catch (cause) {
    throw refuse(output, cause);
  }
  await write(process.stderr, `netaudit: ${report.verdict}; the report is in ${output}\n`);
};

/** Throws REPORT_WRITE when the file can not be written; asked before the command runs, so that no run is for nothing. */
export const checkWritable = (file: string | undefined): void => {
  if (file === undefined) return;
  try {
    const exists = existsSync(file);
    if (exists && statSync(file).isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    accessSync(exists ? file : dirname(file), constants.W_OK);
  } catch (cause) {
    throw refuse(file, cause);
  }
};

const refuse = (file: string, cause: unknown): NetauditError => {
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  return new NetauditError('REPORT_WRITE', { found: `cannot write '${file}': ${reasons[code] ?? code}`, cause });
};

const reasons: Readonly<Record<string, string>> = { ENOENT: 'no such folder', EACCES: 'permission denied', EISDIR: 'it is a folder' };
