import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetauditError } from '../../model/error.js';
import { findProgram } from '../../process/find.js';
import { readSetting } from '../../process/setting.js';
import { probeStrace, type StraceAbilities } from '../../sources/strace/version.js';
import { checkTracing } from '../prepare.js';
import { type Check, checksOf } from './check.js';

/** Whether this machine can audit: each thing that may stand in the way, and what to do about it. */
export const checkMachine = (): readonly Check[] => {
  const strace = probe();
  const tracing = strace.abilities === null ? null : trace(strace.abilities);
  const works = tracing?.status === 'ok';
  return [
    platform(),
    node(),
    strace.check,
    ...(tracing ? [tracing] : []),
    ...yama(works),
    seccomp(works),
    container(),
    ...['mkfifo', 'sh'].flatMap(tool),
    temporaryFolder(),
  ];
};

const machine = checksOf('machine');

const platform = (): Check =>
  process.platform === 'linux'
    ? machine('platform', 'ok', `Linux ${readSetting('/proc/sys/kernel/osrelease') ?? ''}, ${process.arch}`.trim())
    : machine(
        'platform',
        'failed',
        `this is ${process.platform}`,
        'run it in a Linux container or CI job; netaudit analyze reads a saved trace on any platform',
      );

const node = (): Check => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? machine('node', 'ok', `Node ${process.versions.node}`)
    : machine('node', 'failed', `Node ${process.versions.node}`, 'install Node 20.19 or newer');
};

const probe = (): { readonly abilities: StraceAbilities | null; readonly check: Check } => {
  try {
    const abilities = probeStrace(process.env.PATH);
    const { version, path, seccompBpf } = abilities;
    const check = seccompBpf
      ? machine('strace', 'ok', `strace ${version} (${path})`)
      : machine(
          'strace',
          'warning',
          `strace ${version} (${path}) has no --seccomp-bpf: every system call is stopped, runs are slower`,
          'install strace 5.3 or newer',
        );
    return { abilities, check };
  } catch (error) {
    return { abilities: null, check: failure('strace', error) };
  }
};

/** The trial that each run begins with. */
const trace = (abilities: StraceAbilities): Check => {
  try {
    checkTracing(abilities);
    return machine('ptrace', 'ok', 'strace may trace here');
  } catch (error) {
    return failure('ptrace', error);
  }
};

const failure = (id: string, error: unknown): Check => {
  if (!(error instanceof NetauditError)) throw error;
  return machine(id, 'failed', error.details.found, error.details.fix);
};

/** Of the settings only one that stands in the way has a fix: what works is not to be mended. */
const yama = (works: boolean): readonly Check[] => {
  const scope = readSetting('/proc/sys/kernel/yama/ptrace_scope');
  if (scope === null) return [machine('yama', 'ok', 'no Yama')];
  const found = `kernel.yama.ptrace_scope is ${scope}`;
  if (works || scope === '0' || scope === '1') return [machine('yama', 'ok', found)];
  return [
    machine(
      'yama',
      'failed',
      found,
      scope === '3' ? 'set it to 1 in /etc/sysctl.d, and reboot' : 'sudo sysctl kernel.yama.ptrace_scope=1 on the host',
    ),
  ];
};

const seccomp = (works: boolean): Check => {
  const mode = /^Seccomp:\s*(\d)$/m.exec(readSetting('/proc/self/status') ?? '')?.[1] ?? '0';
  if (mode === '0') return machine('seccomp', 'ok', 'no seccomp filter');
  return works
    ? machine('seccomp', 'ok', 'a seccomp filter is active, and lets strace trace')
    : machine(
        'seccomp',
        'failed',
        'a seccomp filter is active, and may be what forbids ptrace',
        'docker run --cap-add SYS_PTRACE, or in Kubernetes securityContext.capabilities.add: [SYS_PTRACE]',
      );
};

const container = (): Check => {
  const marks: readonly (readonly [string, boolean])[] = [
    ['Docker', existsSync('/.dockerenv')],
    ['Podman', existsSync('/run/.containerenv')],
    ['Kubernetes', process.env.KUBERNETES_SERVICE_HOST !== undefined],
    ['a container', /\b(?:docker|kubepods|containerd|lxc)\b/.test(readSetting('/proc/1/cgroup') ?? '')],
  ];
  const found = marks.find(([, holds]) => holds)?.[0];
  return machine('container', 'ok', found === undefined ? 'no container that shows' : `inside ${found}`);
};

const tool = (name: string): readonly Check[] =>
  findProgram(name, process.env.PATH) === null
    ? [machine(name, 'failed', `no program '${name}' on PATH`, 'put /bin and /usr/bin on PATH')]
    : [];

const temporaryFolder = (): Check => {
  try {
    rmSync(mkdtempSync(join(tmpdir(), 'netaudit-')), { recursive: true });
    return machine('temporary-folder', 'ok', `${tmpdir()} can be written`);
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    return machine('temporary-folder', 'failed', `${tmpdir()} can not be written: ${code}`, 'set TMPDIR to a folder that can be');
  }
};
