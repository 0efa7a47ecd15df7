import { randomUUID } from 'node:crypto';
import type { AllowList } from '../allowlist/allowlist.js';
import { ruleFor } from '../allowlist/suggest.js';
import { groupViolations } from '../findings/violations.js';
import type { EgressEvent } from '../model/event.js';
import type { JudgedEvent, Report, Violation } from '../model/report.js';
import { renderers } from '../reporters/index.js';
import { bodyText } from '../reporters/text.js';
import { callOf, judge } from './judge.js';
import { withNearest } from './nearest.js';
import { exitCodeOf, verdictOf } from './verdict.js';

export type FormatOptions = { readonly verbose?: boolean | undefined };

/** Where `format` writes: a stream of Node, or anything with its `write`. */
export type TextStream = { write(text: string): unknown };

/** Judges events that come without owners, such as those of StraceRunner, and renders the last ones that were checked. */
export class Reporter {
  #judged: readonly JudgedEvent[] = [];
  #violations: readonly Violation[] = [];

  /** The destinations that no rule allows, in the order first seen. */
  check(events: readonly EgressEvent[], allowlist: AllowList): Violation[] {
    this.#judged = events.map((event) => {
      const process = { pid: event.pid, argv: null };
      const decision = allowlist.judge(callOf(event, { process, names: [], served: undefined }), []);
      return judge({ event, owner: NOBODY, process }, decision);
    });
    const violations = withNearest(groupViolations(this.#judged, ruleFor), allowlist);
    this.#violations = violations;
    return violations;
  }

  /** The text report, also written to the stream when one is given (with a line break after it). */
  format(stream?: TextStream, { verbose = false }: FormatOptions = {}): string {
    const text = bodyText(this.#report(), { verbose });
    stream?.write(`${text}\n`);
    return text;
  }

  /** The JSON report. */
  formatJson({ verbose = false }: FormatOptions = {}): string {
    return renderers.json.render(this.#report(), { verbose });
  }

  #report(): Report {
    const verdict = verdictOf(this.#violations, [], []);
    return {
      runId: randomUUID(),
      verdict,
      exitCode: exitCodeOf({ verdict, gaps: [], command: null, mode: 'fail' }),
      violations: this.#violations,
      events: this.#judged,
      gaps: [],
      command: null,
      coverage: {
        source: 'events',
        tool: null,
        mode: 'log',
        uncovered: [],
        fallbacks: [],
        events: this.#judged.length,
        lines: 0,
        ignoredLines: 0,
      },
      leftRunning: [],
      unusedRules: [],
    };
  }
}

const NOBODY: JudgedEvent['owner'] = { method: 'none', scope: null, candidates: [], timing: null };
