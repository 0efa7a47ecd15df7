import { appendFileSync, statSync } from 'node:fs';
import type { Report } from '../model/report.js';
import { jobSummary } from '../reporters/markdown.js';

/**
 * Adds the report to the job summary, as long as GitHub Actions reads one (GITHUB_STEP_SUMMARY) and has room for it: of one step it takes 1 MiB, and nothing if
 * there is more. A summary that can not be written is left: no report depends on it.
 */
export const addToJobSummary = (report: Report, env: NodeJS.ProcessEnv): void => {
  const file = env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    const room = MOST - (statSync(file, { throwIfNoEntry: false })?.size ?? 0) - 2;
    if (room > LEAST) appendFileSync(file, `\n${jobSummary(report, room)}\n`);
  } catch {
    // Somebody else's file; the annotations and the text are there.
  }
};

const MOST = 1024 * 1024;
const LEAST = 4096;
