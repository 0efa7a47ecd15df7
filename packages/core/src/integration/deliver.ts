import { writeFileSync } from 'node:fs';
import { NetauditError } from '../model/error.js';
import type { Report } from '../model/report.js';
import { renderers } from '../reporters/index.js';
import type { AdapterSettings } from './options.js';

/** Writes the report files that were asked for, and returns what to print on stderr. Throws a NetauditError (REPORT_WRITE). */
export const deliver = (report: Report, settings: AdapterSettings): string => {
  writeReports(report, settings);
  const text = renderers.text.render(report, { verbose: settings.verbose });
  return settings.mode === 'report' ? '' : `\n${text}\n`;
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
