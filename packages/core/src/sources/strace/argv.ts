import type { StraceAbilities } from './version.js';

export type StraceCall = {
  readonly traceFile: string;
  readonly command: readonly string[];
  /** LC_ALL of the command; strace itself runs with LC_ALL=C so that errno texts are not translated. */
  readonly locale: string | undefined;
  /** Whether the port must be known of a server that asked for any; default false. */
  readonly serverPorts?: boolean | undefined;
};

/** The command line of the tracer: `traceFile` is written line by line, the command runs as the same pid (-D). */
export const straceArgv = (abilities: StraceAbilities, { traceFile, command, locale, serverPorts = false }: StraceCall): string[] => [
  '-D',
  '-f',
  '-q',
  '-ttt',
  '-T',
  '-y',
  '-s',
  String(stringLimit),
  ...(abilities.seccompBpf ? ['--seccomp-bpf'] : []),
  ...(abilities.killOnExit ? ['--kill-on-exit'] : []),
  ...(abilities.color ? ['--color=never'] : []),
  '-e',
  `trace=${[...tracedCalls(abilities), ...(serverPorts ? ['getsockname'] : [])].join(',')}`,
  ...(abilities.inject ? ['-e', 'inject=?io_uring_setup:error=ENOSYS'] : []),
  '-e',
  `signal=!${routineSignals.join(',')}`,
  '-E',
  locale === undefined ? 'LC_ALL' : `LC_ALL=${locale}`,
  '-o',
  traceFile,
  '--',
  ...command,
];

// What a program does through io_uring(7) is in no trace. Refused as on a kernel without it (and as container runtimes do), it makes calls
// that are; libuv sets a ring up in each Node from 22 on.

/** What this strace lacks and what that means, one sentence each. */
export const straceFallbacks = (abilities: StraceAbilities): string[] => [
  ...(abilities.seccompBpf
    ? []
    : [`strace ${abilities.version} has no --seccomp-bpf (5.3): every system call is stopped, the run is slower`]),
  ...(abilities.inject
    ? []
    : [`strace ${abilities.version} can not refuse io_uring (4.17): a process that sets it up makes the audit incomplete`]),
  ...(abilities.killOnExit
    ? []
    : [`strace ${abilities.version} has no --kill-on-exit (6.6): if the tracer is killed, netaudit stops the traced processes itself`]),
];

/**
 * set_robust_list is no evidence: with --seccomp-bpf strace stops a new thread, or a child forked without exec, at every system call
 * until its first traced one (strace src/strace.c, TE_SECCOMP), and glibc makes this one at each start. rt_sigprocmask would do the same
 * for musl, but is made too often.
 */
const tracedCalls = (abilities: StraceAbilities): string[] => {
  const optional = abilities.optionalNames ? (name: string) => [`?${name}`] : () => [];
  return [
    ...['connect', 'sendto', 'sendmsg', 'sendmmsg', 'execve', 'clone', 'set_robust_list'],
    'socket',
    ...answeringCalls,
    ...['execveat', 'clone3', 'fork', 'vfork', 'lchown', 'fchownat', 'io_uring_setup'].flatMap(optional),
    ...explainingCalls.flatMap(optional),
  ];
};

/**
 * What name servers answer. Node's HTTP receives by read(2), which is not traced; Python, curl and Java receive all their data so: about 20 to 40 µs a
 * call. recvmsg(2) is among the next.
 */
export const answeringCalls: readonly string[] = ['recvfrom', 'recvmmsg'];

/**
 * What tells servers of the run, the end of connects that were in progress, and blind spots. Each is made a few times for a connection or for a
 * process; `npm run bench -- calls` measures each. getsockname(2) is not among them,
 * as test clients make it before each request: it is traced only where the port of a server that asked for any must be known.
 */
export const explainingCalls: readonly string[] = [
  'bind',
  'listen',
  'accept',
  'accept4',
  'getsockopt',
  'recvmsg',
  'pidfd_getfd',
  'seccomp',
  'prctl',
];

/** Signals that programs send themselves all day. All others are traced, as strace prints the end of a process by a signal only if it traces that signal. */
const routineSignals = ['SIGCHLD', 'SIGURG', 'SIGPROF', 'SIGWINCH'];

/**
 * Long enough for an answer of DNS as resolvers take it by UDP (1,232 bytes, DNS flag day 2020). It holds for the strings of every call, and
 * for the number of arguments that are shown of a command line: against 256, the log of `find | xargs stat` is 4.6 times as long (1.7 MB for 7,500 files), and
 * that of a receive of 4,000 bytes 3 times (2 KB).
 */
const stringLimit = 1280;
