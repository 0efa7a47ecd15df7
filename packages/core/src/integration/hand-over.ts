import { deliver } from '../delivery/deliver.js';
import { terminalOf } from '../delivery/terminal.js';
import type { Report } from '../model/report.js';
import type { AdapterSettings } from './options.js';

/** Writes the report files that were asked for, and returns what to print on stderr. Throws a NetauditError (REPORT_WRITE). */
export const handOver = (report: Report, { reporters, verbose, mode }: AdapterSettings): string => {
  const { log, automatic } = deliver(report, reporters, { verbose, terminal: terminalOf(process.stderr) });
  return mode === 'report' || log + automatic === '' ? '' : `\n${log}${automatic}`;
};
