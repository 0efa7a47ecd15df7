import { writeFileSync } from 'node:fs';
import { superviseCommand } from '../audit/supervise.js';
import { NetauditError } from '../model/error.js';
import type { Report } from '../model/report.js';
import { renderers } from '../reporters/index.js';
import type { AdapterSettings } from './options.js';

/** How a run under audit ended: the code to exit with, and what to print on stderr. */
export type RerunResult = { readonly exitCode: number; readonly text: string };

/** Runs this very process's command line again, under audit, and waits for its end. Throws a NetauditError when it can not be audited. */
export const rerunUnderAudit = async (settings: AdapterSettings): Promise<RerunResult> => {
  const report = await superviseCommand({
    argv: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    allowlist: settings.allowlist(),
    mode: settings.mode,
    verbose: settings.verbose,
  });
  writeReports(report, settings);
  const text = renderers.text.render(report, { verbose: settings.verbose });
  return { exitCode: report.exitCode, text: settings.mode === 'report' ? '' : `\n${text}\n` };
};

const writeReports = (report: Report, settings: AdapterSettings): void => {
  for (const { format, file } of settings.report) {
    try {
      writeFileSync(file, renderers[format].render(report, { verbose: settings.verbose }));
    } catch (cause) {
      throw new NetauditError('REPORT_WRITE', {
        found: `the ${format} report can not be written to ${file}`,
        fix: 'check the folder and its permissions',
        cause,
      });
    }
  }
};
