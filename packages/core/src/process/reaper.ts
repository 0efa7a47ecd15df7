import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ends what a supervisor that was killed leaves behind: every process its tracer traces, and its private folder. */
export type Reaper = {
  /** Tells which tracer's processes to end. */
  watch(tracer: number): void;
  /** The run ended in order: only the folder is removed. */
  release(): void;
};

/** A shell of a session of its own, which acts when the pipe from this process closes, however this process ended. */
export const startReaper = (folder: string): Reaper => {
  const shell = spawn('/bin/sh', ['-c', script, 'sh', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: process.env.PATH },
  });
  shell.unref();
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  return {
    watch: (tracer) => void shell.stdin.write(`tracer ${tracer}\n`),
    release: () => void shell.stdin.end('done\n'),
  };
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

const script = `
tracer=; released=
while read -r word value; do
  case $word in tracer) tracer=$value;; done) released=1;; esac
done
if [ -z "$released" ] && [ -n "$tracer" ]; then
  for round in 1 2 3 4 5 6 7 8 9 10; do
    found=$(grep -l "^TracerPid:[[:space:]]*$tracer$" /proc/[0-9]*/status 2>/dev/null)
    [ -n "$found" ] || break
    for status in $found; do pid=\${status#/proc/}; kill -KILL "\${pid%/status}" 2>/dev/null; done
    sleep 0.1
  done
fi
rm -rf -- "$1"
`;
