// A program of its own: waits for a run under audit where the process that asked for it can not. `replace.ts` starts it.
import { Socket } from 'node:net';
import { NetauditError } from '../model/error.js';
import { adapterSettings } from './options.js';
import type { RerunRequest } from './replace.js';
import { type RerunResult, rerunUnderAudit } from './rerun.js';

const supervise = async ({ options, env, parent, abilities }: RerunRequest, command: readonly string[]): Promise<void> => {
  Object.assign(process.env, env);
  if (parent !== null) endWith(parent);
  const { exitCode, text } = await audit(() => rerunUnderAudit(adapterSettings(options, process.env), command, abilities));
  process.stderr.write(text, () => process.exit(exitCode));
};

/** What fails here was tried before and went well: whatever it is, the command was not audited. */
const audit = async (rerun: () => Promise<RerunResult>): Promise<RerunResult> => {
  try {
    return await rerun();
  } catch (error) {
    if (!(error instanceof NetauditError)) return { exitCode: 2, text: `netaudit: ${(error as Error).stack}\n` };
    // A report that can not be written is a mistake of the user's.
    return { exitCode: error.code === 'REPORT_WRITE' ? 3 : 2, text: `netaudit: ${error.message}\n` };
  }
};

/** The process that waits was ended, perhaps by SIGKILL: ends the command as SIGTERM would, and after a while all that is left. */
const endWith = (pipe: number): void => {
  const end = (): void => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(143), graceMs).unref();
  };
  const socket = new Socket({ fd: pipe, readable: true, writable: false });
  socket.on('error', () => {}).on('close', end);
  socket.resume().unref();
};

/** Longer than the supervisor follows and stops what is left. */
const graceMs = 15_000;

const [request = '', ...command] = process.argv.slice(2);
void supervise(JSON.parse(request) as RerunRequest, command);
