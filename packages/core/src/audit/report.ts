import { randomUUID } from 'node:crypto';
import { ruleFor } from '../allowlist/suggest.js';
import { groupViolations } from '../findings/violations.js';
import type { CommandResult, Coverage, ProcessInfo, Report } from '../model/report.js';
import type { Pipeline } from './pipeline.js';
import { exitCodeOf, type Mode, verdictOf } from './verdict.js';

export type ReportFacts = {
  readonly command: CommandResult | null;
  readonly coverage: Omit<Coverage, 'events'>;
  readonly leftRunning: readonly ProcessInfo[];
  readonly mode: Mode;
};

/** The finished report of a pipeline that has been finished. */
export const buildReport = (pipeline: Pipeline, facts: ReportFacts): Report => {
  const violations = groupViolations(
    pipeline.judged.filter((judged) => judged.status === 'violation'),
    ruleFor,
  );
  const verdict = verdictOf(violations, pipeline.gaps);
  return {
    runId: randomUUID(),
    verdict,
    exitCode: exitCodeOf(verdict, facts.command, facts.mode),
    violations,
    events: pipeline.judged,
    gaps: pipeline.gaps,
    command: facts.command,
    coverage: { ...facts.coverage, events: pipeline.count },
    leftRunning: facts.leftRunning,
    unusedRules: pipeline.unusedRules,
  };
};
