import { printable } from '../model/printable.js';
import type { Report } from '../model/report.js';

/**
 * The last line of the text report, for programs: `netaudit:` and `key=value` words without spaces. Keys keep their names and meaning; new ones
 * may come before `run`, so they are found by name.
 */
export const lastLine = ({ verdict, violations, findings = [], gaps, exitCode, runId }: Report): string => {
  const counts = `violations=${violations.length} findings=${findings.length} gaps=${gaps.length}`;
  return `netaudit: verdict=${verdict} ${counts} exit=${exitCode} run=${printable(runId).replaceAll(' ', '')}`;
};
