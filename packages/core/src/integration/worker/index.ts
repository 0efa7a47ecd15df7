// This code runs inside the user's test worker. It imports nothing but Node and the words of the model.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { type SessionFile, sessionFile } from '../../model/session.js';
import { hookAddresses } from './addresses.js';
import { openChannel } from './channel.js';
import { hookEntryPoints, hookFetch } from './entry-points.js';
import { hookEgress } from './hooks.js';
import { Recorder } from './recorder.js';

export type { Scope, ScopeKind } from '../../model/scope.js';
export type { AnsweredViolation } from '../../model/session.js';
export { sendNotice } from './notice.js';
export { type PermissionOption, permissionsFromOption } from './permission/option.js';
export type { LocatedViolation, Recorder } from './recorder.js';
export { NetworkViolationError } from './violation-error.js';

/** What a test thread has to know of the run: the supervisor's folder and what it says. */
export type WorkerSession = SessionFile & {
  readonly folder: string;
  /** The folder that the files of scopes, and the paths in reports, are relative to; default: where the process was started. */
  readonly root?: string | undefined;
};

/** What the processes of a run are told through their environment, which children and /proc can show: where the session is, not its secret. */
export type SentSession = { readonly folder: string; readonly root: string };

/** The session that was sent; null when its folder was deleted: then what comes is charged without a test. */
export const readSession = ({ folder, root }: SentSession): (WorkerSession & SentSession) | null => {
  try {
    return { ...(JSON.parse(readFileSync(sessionFile(folder), 'utf8')) as SessionFile), folder, root };
  } catch {
    return null;
  }
};

/**
 * The recorder of this thread; the first call makes it. The threads of libuv's pool are made first (uv_queue_work makes them all before it
 * returns), so that a thread that is made later is known to be made by a test. `global`: the global object of the tests that come, where it is
 * another than this code's.
 */
export const startRecorder = (session: WorkerSession, global: object = globalThis): Recorder => {
  const known = keeper[key];
  if (known) return inRealm(known, global);
  fs.stat('/', () => {});
  const worker = randomBytes(8).toString('hex');
  const recorder = new Recorder(openChannel(session.folder, session.nonce, worker), worker, session.root ?? process.cwd());
  hookAddresses(recorder);
  hookEgress(recorder);
  hookEntryPoints(recorder.origins);
  keeper[key] = recorder;
  return inRealm(recorder, global);
};

const inRealm = (recorder: Recorder, global: object): Recorder => {
  recorder.origins.realm = { Error };
  hookFetch(global, recorder.origins);
  return recorder;
};

/** On `process`, which outlives module registries and is the same in every vm context of a thread. */
const key: unique symbol = Symbol.for('netaudit.recorder') as never;
const keeper = process as NodeJS.Process & { [key]?: Recorder };
const { readFileSync } = fs;
