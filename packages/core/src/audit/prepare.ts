import { spawnSync } from 'node:child_process';
import { NetauditError } from '../model/error.js';
import { findProgram } from '../process/find.js';
import { ptraceAdvice } from '../process/ptrace.js';
import { straceArgv } from '../sources/strace/argv.js';
import { probeStrace, type StraceAbilities } from '../sources/strace/version.js';
import { outerTracer } from './outer.js';

/**
 * What has to be right before a command is run under strace. Throws PLATFORM off Linux, COMMAND_NOT_FOUND, StraceNotFoundError, and
 * STRACE_UNUSABLE when strace may not trace here, each with what to do.
 */
export const prepareStrace = (argv: readonly string[]): StraceAbilities => {
  checkPlatform();
  const [command = ''] = argv;
  if (findProgram(command, process.env.PATH) === null) {
    throw new NetauditError('COMMAND_NOT_FOUND', { found: `no program '${command}' to run`, fix: 'check its name and PATH' });
  }
  const abilities = probeStrace(process.env.PATH);
  checkTracing(abilities);
  return abilities;
};

const checkPlatform = (): void => {
  if (process.platform === 'linux') return;
  throw new NetauditError('PLATFORM', {
    found: `running a command under audit needs Linux, this is ${process.platform}`,
    fix: 'run it in a Linux container or CI job; netaudit analyze reads a saved trace on any platform',
  });
};

/** Traces true(1) with the options of a real run. */
export const checkTracing = (abilities: StraceAbilities): void => {
  const outer = outerTracer();
  if (outer) {
    const tracer = outer.ours ? 'an outer netaudit' : `${outer.name} (pid ${outer.pid})`;
    throw new NetauditError('STRACE_UNUSABLE', {
      found: `this process is already traced, by ${tracer}, and a process has one tracer at most`,
      fix: outer.ours ? 'leave the audit to the outer one' : `run netaudit without ${outer.name} around it`,
    });
  }
  const args = straceArgv(abilities, { traceFile: '/dev/null', command: ['true'], locale: undefined });
  const trial = spawnSync(abilities.path, args, { encoding: 'latin1', env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  // With -D the command goes on without its tracer, and ends well, where that may not trace.
  if (trial.status === 0 && !/\bptrace\(/.test(trial.stderr)) return;
  throw new NetauditError('STRACE_UNUSABLE', {
    found: `strace can not trace here: ${trial.stderr.trim().split('\n')[0] ?? `exit ${trial.status}`}`,
    fix: ptraceAdvice(),
  });
};
