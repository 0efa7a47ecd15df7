import type { Report, ReportRenderer } from '../model/report.js';
import { type ReportFormat, renderers } from '../reporters/index.js';
import { isDocument, isEventLog, type ReporterChoice } from './choice.js';
import { addToJobSummary } from './job-summary.js';
import type { Terminal } from './terminal.js';
import { writeReport } from './write-report.js';

/**
 * What is not in a file: lines for a terminal or a log, those that nobody asked for (of a CI system), both empty when there are none, and the document for
 * stdout, null when there is none.
 */
export type Delivered = { readonly log: string; readonly automatic: string; readonly document: string | null };

/** `terminal`: what the lines are for; absent where it is not known. */
export type DeliverOptions = { readonly verbose: boolean; readonly terminal?: Terminal | undefined };

/**
 * Writes the report files, each with its hash beside it, and the job summary of GitHub Actions; returns the rest, each with its last line break. Throws a
 * NetauditError (REPORT_WRITE).
 */
export const deliver = (report: Report, choices: readonly ReporterChoice[], { verbose, terminal }: DeliverOptions): Delivered => {
  const rendered = choices.filter((choice): choice is RenderedChoice => !isEventLog(choice));
  const render = (name: ReportFormat): string => `${rendererOf(name).render(report, { verbose })}\n`;
  const show = (name: ReportFormat): string => `${rendererOf(name).render(report, { verbose, ...terminal })}\n`;
  for (const { name, file } of rendered) if (file !== null) writeReport(file, render(name));
  const document = rendered.find(isDocument);
  const lines = rendered.filter((choice) => choice.file === null && !isDocument(choice));
  const asked = lines.filter(({ automatic }) => !automatic).map(({ name }) => name);
  if (lines.some(({ name }) => name === 'github')) addToJobSummary(report, process.env);
  return {
    log: (asked.length > 0 || choices.some(isDocument) ? asked : (['text'] as const)).map(show).join('\n'),
    automatic: lines.flatMap(({ name, automatic }) => (automatic ? show(name) : [])).join(''),
    document: document ? render(document.name) : null,
  };
};

/** A log of events is written by then. */
type RenderedChoice = ReporterChoice & { readonly name: ReportFormat };

const rendererOf = (name: ReportFormat): ReportRenderer => renderers[name];
