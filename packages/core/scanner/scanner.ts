// AssemblyScript, compiled into dist/scanner.wasm. It looks at every line of a trace, so it is written to look at sixteen bytes at a time. The other side of it is
// src/sources/strace/shortcut/scanner.ts. It reads up to 32 bytes behind a line, which the end of its input is far enough from for.
import { less } from './characters';
import { readConnect, readRest } from './connect';
import * as forms from './forms';
import { endOfHarmless } from './harmless';
import { isOfInterest, nameLength } from './names';
import { readPrefix, tid } from './prefix';
import * as record from './record';
import { isReady } from './threads';

export { markName } from './names';
export { record } from './record';
export { setReady } from './threads';

/** Where lines are to be put; `inputSize` bytes of them. */
export const input = memory.data(262144 + 64);
export const inputSize = 262144;

/**
 * Walks over the lines from `from` to `to`, each with its line feed, as long as they are surely whole calls that are no evidence, of threads that are ready. Returns
 * the form of the line that stopped it (forms.ts), of which the record has more.
 */
export function scan(from: usize, to: usize): i32 {
  let at = from;
  let lines = 0;
  form = forms.none;
  while (at < to) {
    const next = skip(at);
    if (next === 0) break;
    lines += 1;
    at = next;
  }
  store<i32>(record.record + record.skipped, lines);
  store<i32>(record.record + record.line, i32(at));
  store<i32>(record.record + record.thread, tid);
  return form;
}

/** Where the next line begins; 0 where this one is not to be passed over: `form` tells what it is then. */
function skip(from: usize): usize {
  const body = readPrefix(from);
  const length = body === 0 ? 0 : nameLength(body);
  if (length !== 0 && isReady(tid) && !isOfInterest(body, length)) {
    const next = endOfHarmless(body + length + 1);
    form = next === 0 ? forms.other : forms.none;
    return next;
  }
  form = body === 0 ? forms.other : formOf(body, length);
  return 0;
}

function formOf(body: usize, length: i32): i32 {
  if (load<u8>(body) === less) return readRest(body);
  if (length === 0) return forms.other;
  if (!isReady(tid)) return forms.unready;
  return isConnect(body) ? readConnect(body + 8) : forms.other;
}

/** `connect(` */
function isConnect(name: usize): bool {
  return load<u64>(name) === 0x287463656e6e6f63;
}

/** That of the line at which `scan` stopped. */
let form: i32 = 0;
