// This code runs inside the user's test worker. It imports nothing but Node and the words of the model.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import type { SessionFile } from '../../model/session.js';
import { openChannel } from './channel.js';
import { hookEgress } from './hooks.js';
import { Recorder } from './recorder.js';

export type { Scope, ScopeKind } from '../../model/scope.js';
export type { AnsweredViolation } from '../../model/session.js';
export type { Recorder } from './recorder.js';
export { NetworkViolationError } from './violation-error.js';

/** What a test thread has to know of the run: the supervisor's folder and what it says. */
export type WorkerSession = SessionFile & { readonly folder: string };

/**
 * The recorder of this thread; the first call makes it. Resolves once the threads of libuv's pool exist, so that a thread that is made
 * later is known to be made by a test.
 */
export const startRecorder = async (session: WorkerSession): Promise<Recorder> => {
  const known = keeper[key];
  if (known) return known;
  await new Promise((resolve) => fs.stat('/', resolve));
  const worker = randomBytes(8).toString('hex');
  const recorder = new Recorder(openChannel(session.folder, session.nonce, worker), worker);
  hookEgress(recorder);
  keeper[key] = recorder;
  return recorder;
};

/** On `process`, which outlives module registries and is the same in every vm context of a thread. */
const key: unique symbol = Symbol.for('netaudit.recorder') as never;
const keeper = process as NodeJS.Process & { [key]?: Recorder };
