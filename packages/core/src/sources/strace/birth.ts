import { argument, type Call, field, itemsOf, returned } from './call.js';
import type { Draft } from './draft.js';
import type { JoinedCall } from './join.js';
import { readGroup } from './scan.js';
import { blind } from './socket-calls.js';
import { decodeText } from './text.js';

/** What the flags of a clone(2) say about the child. */
export type Birth = { readonly thread: boolean; readonly untraced: boolean };

/** fork, vfork, clone, clone3: one `fork` event when they made a child, with a `blind` one when the child is hidden from the tracer. */
export const decodeFork = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  const child = childOf(call.result);
  if (child === null) return [];
  const { thread, untraced } = readBirth(joined.text);
  const { tid, ts } = joined;
  const fork: Draft = { kind: 'fork', tid, ts, child, thread };
  return untraced ? [fork, blind(joined, 'clone_untraced')] : [fork];
};

/** Reads the flags of a clone, also of an unfinished one: `clone(..., flags=..., ...` or `clone3({flags=..., ...}`. */
export const readBirth = (text: string): Birth => {
  const args = readGroup(`${text})`, text.indexOf('('))?.items ?? readGroup(text, text.indexOf('('))?.items ?? [];
  const flags = field(args, 'flags') ?? field(itemsOf(args[0] ?? '', '{') ?? [], 'flags') ?? '';
  return { thread: hasFlag(flags, 'CLONE_THREAD', 0x10000), untraced: hasFlag(flags, 'CLONE_UNTRACED', 0x800000) };
};

/** execve and execveat: one `exec` event when they succeeded. */
export const decodeExec = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  const at = joined.name === 'execveat' ? 1 : 0;
  if (call.args.length !== (at === 0 ? 3 : 5)) return null;
  if (returned(call.result) !== 0) return [];
  const file = argument(call, at);
  return [{ kind: 'exec', tid: joined.tid, ts: joined.ts, file: decodeText(file) ?? file, argv: readArgv(argument(call, at + 1)) }];
};

/** In a PID namespace the number in the tracer's own one stands in a comment after the result (--decode-pids=pidns). */
const childOf = (result: string): number | null => {
  const translated = /^\d+(?:<[^>]*>)? \/\* (\d{1,10}) in strace's PID NS \*\//.exec(result)?.[1];
  const child = translated === undefined ? returned(result) : Number(translated);
  return child === 0 ? null : child;
};

const hasFlag = (flags: string, name: string, bit: number): boolean =>
  flags.split('|').some((flag) => flag === name || (/^0x[0-9a-f]{1,12}$/.test(flag) && (Number(flag) & bit) !== 0));

/** Arguments as strings; one that strace cut ends in `...`, and `...` alone stands for further ones. */
const readArgv = (value: string): readonly string[] | null => itemsOf(value, '[')?.map(readArgument) ?? null;

const readArgument = (item: string): string => {
  const text = decodeText(item);
  if (text === null) return item;
  return item.endsWith('"...') ? `${text}...` : text;
};
