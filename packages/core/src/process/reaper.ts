import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Ends what a supervisor that was killed leaves behind: every process that its tracers trace, the tracers, and its private folder. */
export type Reaper = {
  /** The run ended in order: only the folder is removed. */
  release(): void;
};

/**
 * A shell of a session of its own, which acts when the pipe from this process closes, however this process ended. Tracers, and what waits
 * to become one, have the folder on their command line, which the shell itself has in its environment only.
 */
export const startReaper = (folder: string): Reaper => {
  const shell = spawn('/bin/sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: process.env.PATH, folder },
  });
  shell.unref();
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  return { release: () => void shell.stdin.end('done\n') };
};

/** The pid that traces `pid` (proc(5), TracerPid), 0 when none does, null when `pid` is gone or there is no /proc. */
export const tracerOf = (pid: number | 'self'): number | null => {
  try {
    const found = /^TracerPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return found ? Number(found[1]) : null;
  } catch {
    return null;
  }
};

/** Pids of the processes that `tracer` traces. What they make is traced by it from its first moment (ptrace(2), PTRACE_O_TRACEFORK). */
export const tracedBy = (tracer: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => tracerOf(pid) === tracer);

/** Pids of the processes that have the word on their command line (proc(5)), which may differ from pid to pid. */
export const processesWith = (wordOf: (pid: number) => string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandLine(name).includes(wordOf(Number(name))))
    .map(Number);

const commandLine = (pid: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/** The tracees are ended before their tracer: without it their traced calls would fail (seccomp(2)), and nobody would know them any more. */
const script = `
kill_all() { for file in "$@"; do pid=\${file#/proc/}; kill -KILL "\${pid%%/*}" 2>/dev/null; done; }
released=
while read -r word; do released=1; done
if [ -z "$released" ]; then
  for round in 1 2 3 4 5 6 7 8 9 10; do
    ours=$(printf '%s' "$folder" | grep -lFf - /proc/[0-9]*/cmdline 2>/dev/null)
    [ -n "$ours" ] || break
    for file in $ours; do
      pid=\${file#/proc/}
      traced=$(grep -l "^TracerPid:[[:space:]]*\${pid%%/*}$" /proc/[0-9]*/status 2>/dev/null)
      kill_all \${traced:-$file}
    done
    sleep 0.1
  done
fi
rm -rf -- "$folder"
`;
