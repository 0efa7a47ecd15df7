import type { Moment } from './clock.js';
import { splitPrefix } from './prefix.js';

/**
 * What a line says. `text` of a call starts at its name; `text` of a resumed call is what follows `resumed>`.
 * `split`: strace wrote a message of its own into the line, and the call goes on in the next one.
 */
export type Body =
  | { readonly kind: 'call'; readonly name: string; readonly text: string }
  | { readonly kind: 'unfinished'; readonly name: string; readonly text: string }
  | { readonly kind: 'split'; readonly name: string; readonly text: string }
  | { readonly kind: 'resumed'; readonly name: string; readonly text: string }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'superseded'; readonly by: number }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'foreign'; readonly text: string };

/** One line of a trace. `raw` is the line as it is shown, `number` counts from 1. */
export type Line = Moment & { readonly tid: number; readonly number: number; readonly raw: string; readonly body: Body };

/** Reads one line of strace output; anything is a line, at worst a `foreign` one. */
export const readLine = (text: string, number: number, clock: (time: string | null) => Moment, raw: string = text): Line => {
  const { tid, time, body } = splitPrefix(text.includes('\x1b') ? text.replace(colour, '') : text);
  return { tid, number, raw, ...clock(time), body: readBody(body) };
};

const readBody = (text: string): Body => {
  if (text.startsWith('+++ ')) return readExit(text);
  if (text.startsWith('--- ')) return readSignal(text);
  if (text.startsWith('strace: ')) return { kind: 'message', text };
  const resumed = resumption.exec(text);
  if (resumed !== null) return { kind: 'resumed', name: resumed[1] ?? '', text: text.slice(resumed[0].length) };
  const name = callName.exec(text)?.[1];
  return name === undefined ? { kind: 'foreign', text } : readCall(name, text);
};

const readCall = (name: string, text: string): Body => {
  const tail = text.slice(-tailLength);
  const split = ownMessage.exec(tail);
  const end = split ?? interruption.exec(tail);
  if (end === null) return { kind: 'call', name, text };
  const head = text.slice(0, text.length - end[0].length);
  return { kind: split === null ? 'unfinished' : 'split', name, text: head };
};

const readExit = (text: string): Body => {
  const exited = /^\+\+\+ exited with (\d{1,10}) \+\+\+/.exec(text);
  if (exited !== null) return { kind: 'exit', code: Number(exited[1]), signal: null };
  const killed = /^\+\+\+ killed by (SIG[\w+]+)(?: \(core dumped\))? \+\+\+/.exec(text);
  if (killed !== null) return { kind: 'exit', code: null, signal: killed[1] ?? null };
  const superseded = /^\+\+\+ superseded by execve in pid (\d{1,10}) \+\+\+/.exec(text);
  return superseded === null ? { kind: 'foreign', text } : { kind: 'superseded', by: Number(superseded[1]) };
};

const readSignal = (text: string): Body => {
  const name = /^--- (SIG\w+) /.exec(text)?.[1];
  return name === undefined ? { kind: 'foreign', text } : { kind: 'signal', name };
};

// eslint-disable-next-line no-control-regex -- SGR sequences of --color=always start with ESC
const colour = /\x1b\[[0-9;]*m/g;
const resumption = /^<\.\.\. (\w+) resumed>/;
const callName = /^([A-Za-z_]\w*)\(/;
/** `pid changed`: the thread that execs takes the number of its leader. `detached`: strace left, which is as good as never resumed. */
const interruption = / *<(?:unfinished|detached|pid changed to \d{1,10}) \.\.\.>\s*$/;
/** Written to standard error together with the trace (strace -f without -o). */
const ownMessage = /strace: (?:Process \d{1,10} attached|umoven: short read \([^)]*\) @0x[0-9a-f]+)\s*$/;
const tailLength = 120;
