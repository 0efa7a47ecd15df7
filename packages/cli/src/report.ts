import {
  checkReportFile,
  deliver,
  isDocument,
  type Report,
  type ReporterChoice,
  type ReportFormat,
  readReporters,
  terminalOf,
  withCiReporter,
} from '@netaudit/core';
import { write } from './write.js';

/** How the user says which reports to make. */
export type ReporterOptions = {
  /** `NAME` or `NAME=FILE` each; none: what `format` and `output` say. */
  readonly reporter?: readonly string[];
  readonly format: ReportFormat;
  readonly output?: string;
  /** Whether that of the CI system is added. */
  readonly ciReporters: boolean;
};

/** The options of every command that makes a report. */
export type ReportOptions = ReporterOptions & {
  readonly policy?: string;
  readonly allowlist?: string;
  readonly baseline?: string;
  readonly verbose: boolean;
  /** Whether a line of the trace that can not be read makes the audit incomplete. */
  readonly strict: boolean;
};

/** The reports that are asked for. Throws a NetauditError (OPTION, or REPORT_WRITE for a file that can not be written). */
export const chooseReporters = ({ reporter = [], format, output, ciReporters }: ReporterOptions): readonly ReporterChoice[] => {
  const asked = reporter.length > 0 ? readReporters(reporter) : [{ name: format, file: output ?? null }];
  const choices = ciReporters ? withCiReporter(asked, process.env) : asked;
  for (const { file } of choices) if (file !== null) checkReportFile(file);
  return choices;
};

export type PublishOptions = {
  readonly choices: readonly ReporterChoice[];
  /** The file of `--output`. */
  readonly output?: string | undefined;
  readonly verbose: boolean;
  /** Where what people read goes, but not beside a document, which has stdout alone; null: nowhere. */
  readonly log: NodeJS.WriteStream | null;
};

/** Writes the reports; with `--output` a line on stderr says so in place of the text. */
export const publish = async (report: Report, { choices, output, verbose, log }: PublishOptions): Promise<void> => {
  const apart = log === process.stdout && choices.some(isDocument) ? process.stderr : log;
  const delivered = deliver(report, choices, { verbose, ...(apart && { terminal: terminalOf(apart) }) });
  if (delivered.document !== null) await write(process.stdout, delivered.document);
  if (apart === null) return;
  if (output === undefined) await write(apart, delivered.log);
  else await write(process.stderr, `netaudit: ${report.verdict}; the report is in ${output}\n`);
  await write(process.stderr, delivered.automatic);
};
