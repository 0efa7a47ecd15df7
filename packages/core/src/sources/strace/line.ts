import type { Moment } from './clock.js';
import { splitPrefix } from './prefix.js';

/**
 * What a line says. `text` of a call starts at its name; `text` of a resumed call is what follows `resumed>`, and `interrupted` one that
 * is not at its end there either. `split`: strace wrote a message of its own into the line, and the call goes on in the next one.
 */
export type Body =
  | { readonly kind: 'call'; readonly name: string; readonly text: string }
  | { readonly kind: 'unfinished'; readonly name: string; readonly text: string }
  | { readonly kind: 'split'; readonly name: string; readonly text: string }
  | { readonly kind: 'resumed'; readonly name: string; readonly text: string; readonly interrupted: boolean }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'superseded'; readonly by: number }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'foreign'; readonly text: string };

/** One line of a trace. `raw` is the line as it is shown, `number` counts from 1 in `file`, which is named where a trace has several. */
export type Line = Moment & {
  readonly tid: number;
  readonly number: number;
  readonly file?: string | undefined;
  readonly raw: string;
  readonly body: Body;
};

/** Reads one line of strace output; anything is a line, at worst a `foreign` one. */
export const readLine = (text: string, number: number, clock: (time: string | null) => Moment, raw: string = text): Line => {
  const { tid, time, body } = splitPrefix(text.includes('\x1b') ? text.replace(control, '') : text);
  return { tid, number, raw, ...clock(time), body: readBody(body) };
};

const readBody = (text: string): Body => {
  if (text.startsWith('+++ ')) return readExit(text);
  if (text.startsWith('--- ')) return readSignal(text);
  if (beginsMessage.test(text) && message.test(text.slice(0, tailLength))) return { kind: 'message', text };
  const resumed = text.startsWith('<') ? resumption.exec(text) : null;
  if (resumed !== null) return readResumed(nameOf(resumed[1] ?? ''), text.slice(resumed[0].length));
  const name = callName.exec(text)?.[1];
  return name === undefined ? { kind: 'foreign', text } : readCall(nameOf(name), text);
};

/** A call that this strace has no name for is printed by its number, which these have on every architecture (asm-generic/unistd.h). */
const nameOf = (name: string): string => (name.startsWith('syscall_') ? (unnamed.get(Number(name.slice(8))) ?? name) : name);

const readResumed = (name: string, text: string): Body => {
  const end = interruptionOf(text.slice(-tailLength));
  return { kind: 'resumed', name, text: end === null ? text : text.slice(0, text.length - end[0].length), interrupted: end !== null };
};

const readCall = (name: string, text: string): Body => {
  const tail = text.slice(-tailLength);
  const split = tail.includes('strace') ? ownMessage.exec(tail) : null;
  const end = split ?? interruptionOf(tail);
  if (end === null) return { kind: 'call', name, text };
  const head = text.slice(0, text.length - end[0].length);
  return { kind: split === null ? 'unfinished' : 'split', name, text: head };
};

const interruptionOf = (tail: string): RegExpExecArray | null => (tail.includes(' ...>') ? interruption.exec(tail) : null);

const readExit = (text: string): Body => {
  const exited = /^\+\+\+ exited with (\d{1,10}) \+\+\+ *$/.exec(text);
  if (exited !== null) return { kind: 'exit', code: Number(exited[1]), signal: null };
  const killed = /^\+\+\+ killed by (SIG[\w+]+)(?: \(core dumped\))? \+\+\+ *$/.exec(text);
  if (killed !== null) return { kind: 'exit', code: null, signal: killed[1] ?? null };
  const superseded = /^\+\+\+ superseded by execve in pid (\d{1,10}) \+\+\+ *$/.exec(text);
  return superseded === null ? { kind: 'foreign', text } : { kind: 'superseded', by: Number(superseded[1]) };
};

const readSignal = (text: string): Body => {
  const name = /^--- (SIG\w+) /.exec(text)?.[1];
  return name === undefined || !text.trimEnd().endsWith('---') ? { kind: 'foreign', text } : { kind: 'signal', name };
};

// eslint-disable-next-line no-control-regex -- control sequences (ECMA-48) of --color=always, or of the terminal that was recorded, start with ESC
const control = /\x1b(?:\[[0-9;?]*(?:[A-Za-z]|$)|$)/g;
const resumption = /^<\.\.\. (\w+) resumed>/;
const callName = /^([A-Za-z_]\w*)\(/;
/** `pid changed`: the thread that execs takes the number of its leader. `detached`: strace left, which is as good as never resumed. */
const interruption = / *<(?:unfinished|detached|pid changed to \d{1,10}) \.\.\.>\s*$/;
/** Messages begin with the name by which strace was called: `strace: `, `/usr/bin/strace: `. */
const message = /^(?:\.{0,2}\/[\w./+-]*)?strace[\w.-]*: /;
const beginsMessage = /^[./s]/;
/** Written to standard error together with the trace (strace -f without -o), with a line end of its own; a string can not stand after it. */
const ownMessage = /(?:\.{0,2}\/[\w./+-]*)?strace[\w.-]*: [^"]*$/;
const tailLength = 400;
/** clone3 since strace 5.2, io_uring_setup since 5.1 (by a version before, printed as `syscall_425` or `syscall_0x1a9`). */
const unnamed = new Map([
  [425, 'io_uring_setup'],
  [435, 'clone3'],
]);
