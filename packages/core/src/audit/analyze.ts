import { createHash } from 'node:crypto';
import type { AllowList } from '../allowlist/allowlist.js';
import type { Baseline } from '../baseline/baseline.js';
import { Findings } from '../findings/findings.js';
import type { Report } from '../model/report.js';
import { readNames } from '../names/read.js';
import { createStraceDecoder } from '../sources/strace/decoder.js';
import { hashing, type TraceInput } from '../sources/strace/input/open-trace.js';
import { knownInRun } from './known.js';
import { Pipeline } from './pipeline.js';
import { buildReport } from './report.js';

/** `strict` as for superviseCommand. */
export type AnalyzeOptions = {
  readonly allowlist: AllowList;
  /** Violations that are known, and do not fail. */
  readonly baseline?: Baseline | null | undefined;
  readonly verbose?: boolean | undefined;
  readonly strict?: boolean | undefined;
};

/**
 * The report of a saved strace log, the same as the live run gave. A log of a run that netaudit started must end with the end of each of its
 * processes; any log must hold at least one event, as an empty one proves nothing.
 */
export const analyzeTrace = async (input: AsyncIterable<Uint8Array> | TraceInput, options: AnalyzeOptions): Promise<Report> => {
  const started = Date.now() * 1000;
  const decoder = createStraceDecoder({ readNames });
  const { allowlist, verbose = false } = options;
  const findings = new Findings(allowlist.findings);
  const known = knownInRun(options.baseline);
  const { bytes, sha256 } = hashed(input);
  const pipeline = new Pipeline({ allowlist, nonce: null, keepAll: verbose, findings, known }, null);
  for await (const part of bytes) {
    for (const event of part instanceof Uint8Array ? decoder.push(part) : decoder.pushLines(part)) pipeline.push(event);
  }
  for (const event of decoder.end()) pipeline.push(event);
  pipeline.finish();
  const { problems, notices } = { problems: [], notices: [], ...('problems' in input && input) };
  for (const reason of problems) pipeline.gaps.push({ kind: 'lost', reason });
  checkEvidence(pipeline);
  return buildReport([{ pipeline, decoder, sha256 }], {
    allowlist,
    findings,
    known,
    command: null,
    coverage: { source: 'strace', tool: null, mode: 'log', uncovered: [], fallbacks: [] },
    leftRunning: [],
    notices,
    strict: options.strict,
    mode: 'fail',
    started,
  });
};

/** A saved trace that was opened here knows its hash. */
const hashed = (input: AsyncIterable<Uint8Array> | TraceInput): { readonly bytes: typeof input; readonly sha256: () => string | null } => {
  if ('sha256' in input) return { bytes: input, sha256: input.sha256 };
  const hash = createHash('sha256');
  return { bytes: hashing(input, hash), sha256: () => hash.digest('hex') };
};

const checkEvidence = (pipeline: Pipeline): void => {
  const { started, processes } = pipeline.attribution;
  const { count, gaps } = pipeline;
  if (count === gaps.count('unread')) gaps.push({ kind: 'no-marker', reason: 'the trace holds no event: it proves nothing' });
  else if (started && processes.living().length > 0) {
    const pids = processes.living().map((process) => process.pid);
    pipeline.gaps.push({ kind: 'lost', reason: `the trace ends before its processes do (pids ${pids.slice(0, 10).join(', ')})` });
  }
};
