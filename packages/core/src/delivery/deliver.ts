import { writeFileSync } from 'node:fs';
import type { Report } from '../model/report.js';
import { type ReportFormat, renderers } from '../reporters/index.js';
import { isDocument, type ReporterChoice } from './choice.js';
import { refuseFile } from './writable.js';

/** What is not in a file: lines for a terminal or a log, empty when there are none, and the document for stdout, null when there is none. */
export type Delivered = { readonly log: string; readonly document: string | null };

/** Writes the report files, and returns the rest, each with its last line break. Throws a NetauditError (REPORT_WRITE). */
export const deliver = (report: Report, choices: readonly ReporterChoice[], { verbose }: { readonly verbose: boolean }): Delivered => {
  const render = (name: ReportFormat): string => `${renderers[name].render(report, { verbose })}\n`;
  for (const { name, file } of choices) if (file !== null) writeReport(file, render(name));
  const document = choices.find(isDocument);
  const lines = choices.filter((choice) => choice.file === null && !isDocument(choice));
  return {
    log: (lines.length > 0 || document ? lines.map(({ name }) => name) : (['text'] as const)).map(render).join('\n'),
    document: document ? render(document.name) : null,
  };
};

const writeReport = (file: string, text: string): void => {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw refuseFile(file, cause);
  }
};
