import { startMarker } from '../../model/marker.js';
import { findProgram } from '../../process/find.js';
import { straceArgv } from './argv.js';
import type { StraceAbilities } from './version.js';

export type WrapperFacts = {
  readonly abilities: StraceAbilities;
  /** The private folder of the run. */
  readonly folder: string;
  readonly nonce: string;
  /** The program that the wrapper stands for. */
  readonly program: string;
  /** As for straceArgv. */
  readonly serverPorts?: boolean | undefined;
};

/** What a wrapper says of itself, before it becomes the program. */
export type Announcement =
  /** strace waits in open(2) until somebody reads its FIFO. */
  | { readonly kind: 'trace'; readonly pid: number }
  /** The program runs as it is. */
  | { readonly kind: 'untraced'; readonly pid: number; readonly reason: string };

/** The script, which is called as the program is. */
export const wrapperFile = (folder: string): string => `${folder}/node`;

/** The FIFO that wrappers announce themselves in, a line each, which is shorter than PIPE_BUF and so never torn (pipe(7)). */
export const announcementsFifo = (folder: string): string => `${folder}/announcements`;

/** The FIFO of the tracer of the process `pid`. */
export const workerFifo = (folder: string, pid: number): string => `${folder}/${pid}.trace`;

export const readAnnouncement = (line: string): Announcement | null => {
  const [, kind, pid, reason = ''] = /^(trace|untraced) (\d+)(?: (.*))?$/.exec(line) ?? [];
  if (kind === 'trace') return { kind, pid: Number(pid) };
  return kind === 'untraced' ? { kind, pid: Number(pid), reason } : null;
};

/**
 * A shell script that is started in place of `program`: it announces itself and becomes the program under strace -D, as the same process
 * with the same descriptors. Below a process that this run traces already, and where it can not be traced, it is the program and no more.
 */
export const wrapperScript = ({ abilities, folder, nonce, program, serverPorts }: WrapperFacts): string => {
  const command = ['/bin/sh', '-c', 'exec "$@"', startMarker(nonce), program];
  const strace = [abilities.path, ...straceArgv(abilities, { traceFile: '$trace', command, locale: '$locale', serverPorts })];
  const words = strace.map((word) => (word === '$trace' ? '"$trace"' : word === 'LC_ALL=$locale' ? '"$locale"' : quote(word)));
  return `#!/bin/sh
folder=${quote(folder)}
while read -r name tracer; do [ "$name" = TracerPid: ] && break; done </proc/$$/status
trace=$folder/$$.trace
if [ "$tracer" != 0 ] && ${tool('grep')} -qF "$folder/" "/proc/$tracer/cmdline"; then exec ${quote(program)} "$@"
elif [ "$tracer" != 0 ]; then reason='another program traces it'
elif ! [ -x ${quote(abilities.path)} ]; then reason='strace is gone'
elif ! [ -p "$folder/announcements" ]; then reason='a file of the audit was deleted'
elif ! ${tool('mkfifo')} -m 600 "$trace"; then reason='its pipe could not be made'
else
  if [ "\${LC_ALL+set}" ]; then locale=LC_ALL=$LC_ALL; else locale=LC_ALL; fi
  LC_ALL=C
  export LC_ALL
  echo "trace $$" >"$folder/announcements"
  exec ${words.join(' ')} "$@"
fi
[ -p "$folder/announcements" ] && echo "untraced $$ $reason" >"$folder/announcements"
exec ${quote(program)} "$@"
`;
};

/** By its path, as the environment of a worker need not have a PATH. */
const tool = (name: string): string => quote(findProgram(name, process.env.PATH) ?? name);

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
