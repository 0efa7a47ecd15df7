import type { AllowList } from '../allowlist/allowlist.js';
import { Findings } from '../findings/findings.js';
import type { Report } from '../model/report.js';
import { readNames } from '../names/read.js';
import { createStraceDecoder } from '../sources/strace/decoder.js';
import { Pipeline } from './pipeline.js';
import { buildReport } from './report.js';

export type AnalyzeOptions = { readonly allowlist: AllowList; readonly verbose?: boolean | undefined };

/**
 * The report of a saved strace log, the same as the live run gave. A log of a run that netaudit started must end with the end of each of its
 * processes; any log must hold at least one event, as an empty one proves nothing.
 */
export const analyzeTrace = async (input: AsyncIterable<Uint8Array>, options: AnalyzeOptions): Promise<Report> => {
  const decoder = createStraceDecoder({ readNames });
  const { allowlist, verbose = false } = options;
  const findings = new Findings(allowlist.findings);
  const pipeline = new Pipeline({ allowlist, nonce: null, keepAll: verbose, findings }, null);
  for await (const chunk of input) for (const event of decoder.push(chunk)) pipeline.push(event);
  for (const event of decoder.end()) pipeline.push(event);
  pipeline.finish();
  checkEvidence(pipeline);
  return buildReport([{ pipeline, decoder }], {
    allowlist,
    findings,
    command: null,
    coverage: { source: 'strace', tool: null, mode: 'log', uncovered: [], fallbacks: [] },
    leftRunning: [],
    mode: 'fail',
  });
};

const checkEvidence = (pipeline: Pipeline): void => {
  const { started, processes } = pipeline.attribution;
  if (pipeline.count === 0) pipeline.gaps.push({ kind: 'no-marker', reason: 'the trace holds no event: it proves nothing' });
  else if (started && processes.living().length > 0) {
    const pids = processes.living().map((process) => process.pid);
    pipeline.gaps.push({ kind: 'lost', reason: `the trace ends before its processes do (pids ${pids.slice(0, 10).join(', ')})` });
  }
};
