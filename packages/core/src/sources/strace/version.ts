import { execFileSync } from 'node:child_process';
import { NetauditError, StraceNotFoundError } from '../../model/error.js';
import { findProgram } from '../../process/find.js';

/** What the strace at hand can do; each by the first version that has it (strace's NEWS). */
export type StraceAbilities = {
  readonly path: string;
  readonly version: string;
  /** 5.3: a seccomp filter stops only the traced calls. */
  readonly seccompBpf: boolean;
  /** 6.6: tracees end with their tracer. */
  readonly killOnExit: boolean;
  /** 5.0 rejects nothing of the default set; 4.x does not know clone3 and some optional names. */
  readonly optionalNames: boolean;
  /** 4.17: a call whose name it may not know can be made to fail. */
  readonly inject: boolean;
  /** 7.0: output may be coloured, and can be told not to be. */
  readonly color: boolean;
};

/** Finds strace in `path` and asks its version. Throws StraceNotFoundError, or STRACE_UNUSABLE when it does not run. */
export const probeStrace = (path: string | undefined): StraceAbilities => {
  const program = findProgram('strace', path);
  if (program === null) throw new StraceNotFoundError();
  const version = versionOf(program);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const since = (wantMajor: number, wantMinor: number): boolean => major > wantMajor || (major === wantMajor && minor >= wantMinor);
  return {
    path: program,
    version,
    seccompBpf: since(5, 3),
    killOnExit: since(6, 6),
    optionalNames: since(4, 17),
    inject: since(4, 17),
    color: since(7, 0),
  };
};

const versionOf = (program: string): string => {
  try {
    const text = execFileSync(program, ['-V'], { encoding: 'latin1', stdio: ['ignore', 'pipe', 'ignore'], env: { LC_ALL: 'C' } });
    const found = /version (\d+\.\d+(?:\.\d+)?)/.exec(text);
    if (found?.[1] !== undefined) return found[1];
  } catch (cause) {
    throw unusable(program, cause);
  }
  throw unusable(program, undefined);
};

const unusable = (program: string, cause: unknown): NetauditError =>
  new NetauditError('STRACE_UNUSABLE', { found: `${program} -V does not print a version`, fix: 'reinstall strace', cause });
