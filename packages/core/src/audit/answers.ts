import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleFor } from '../allowlist/suggest.js';
import { type Answer, type AnsweredViolation, type SessionFile, sessionFile } from '../model/session.js';
import { AnswerFiles } from './answer-files.js';
import type { ChargedViolation, PipelineListener } from './pipeline-options.js';

export type Answers = PipelineListener & { close(): void };

/** Answers test threads through a file each: no event loop, no socket and no traced call on their side. */
export const openAnswers = (folder: string, session: SessionFile): Answers => {
  mkdirSync(join(folder, 'answers'), { mode: 0o700 });
  writeFileSync(sessionFile(folder), JSON.stringify(session), { mode: 0o600 });
  const files = new AnswerFiles(folder);
  const say = (worker: string, answer: Answer): void => files.append(worker, `${JSON.stringify(answer)}\n`);
  return {
    onSync: ({ worker, n }, violations, begun) => say(worker, { n, violations: violations.map(asAnswer), begun }),
    onAlert: (worker) => say(worker, { n: null, violations: [], begun: [] }),
    close: () => files.close(),
  };
};

const asAnswer = ({ event, owner, process, chain, names, denied }: ChargedViolation): AnsweredViolation => ({
  seq: event.seq,
  family: event.family,
  addr: event.addr,
  port: event.port,
  pid: process.pid,
  argv: process.argv,
  chain,
  method: owner.method,
  timing: owner.timing,
  rule: denied === undefined ? ruleFor(event) : null,
  ...(denied !== undefined && { denied }),
  host: names?.[0]?.name ?? null,
});
