import { braceEnd, bracketEnd, digitsAt, greater, less, numberAt, skipDigits, skipSpaces, skipWord, space } from './characters';
import * as forms from './forms';
import { knownPlace, knownResult, longestPlace } from './known-texts';
import { hasMicros, micros } from './prefix';
import * as record from './record';
import { readResult, resultEnd, resultText } from './result';

/** Reads `connect(3<socket:[17]>, {…}, 16) = 0` or `connect(3, {…}, 16 <unfinished ...>` into the record; `from`: behind its bracket. */
export function readConnect(from: usize): i32 {
  const address = readDescriptor(from);
  if (address === 0 || !hasMicros()) return forms.other;
  const end = endOfAddress(address);
  if (end === 0) return forms.other;
  const at = skipDigits(end + 2);
  if (at === end + 2) return forms.other;
  const form = load<u8>(at) === space ? (endsUnfinished(at) ? forms.half : forms.other) : readEnd(at) ? forms.whole : forms.other;
  if (form === forms.other || end - address > longestPlace) return forms.other;
  // Only now: of a text that is new the other side has to hear.
  tellText(record.place, knownPlace(address, i32(end - address)), address, end);
  if (form === forms.whole) tellResult();
  store<f64>(record.record + record.time, micros());
  return form;
}

/** Reads `<... connect resumed>) = 0` from `from` on into the record. */
export function readRest(from: usize): i32 {
  if (!isResumed(from) || !readEnd(from + 21)) return forms.other;
  tellResult();
  return forms.rest;
}

/** Reads `3<socket:[17]>, ` and returns where it ends; 0 when it has another form. */
function readDescriptor(from: usize): usize {
  const width = digitsAt(from);
  if (width === 0 || width > 9) return 0;
  let at = from + width;
  let protocol = 0;
  if (load<u8>(at) === less) {
    const word = at + 1;
    const wordEnd = skipWord(word);
    protocol = protocolOf(word, i32(wordEnd - word));
    // `:[17]>`
    const inode = wordEnd + 2;
    const inodeEnd = skipDigits(inode);
    const digits = inodeEnd - inode;
    if (protocol === -1 || load<u16>(wordEnd) !== 0x5b3a || digits === 0 || digits > 20 || load<u16>(inodeEnd) !== 0x3e5d) return 0;
    store<i32>(record.record + record.inode, i32(inode));
    store<i32>(record.record + record.inodeEnd, i32(inodeEnd));
    at = inodeEnd + 2;
  }
  store<i32>(record.record + record.descriptor, i32(numberAt(from, width)));
  store<i32>(record.record + record.protocol, protocol);
  // `, {`
  return (load<u32>(at) & 0xffffff) === 0x7b202c ? at + 2 : 0;
}

/** What strace -y writes (`socket`), and -yy where it knows no addresses, by number; −1 for any other. */
function protocolOf(word: usize, length: i32): i32 {
  const text = length > 6 ? 0 : load<u64>(word) & ((u64(1) << u64(8 * length)) - 1);
  return text === TCP ? 1 : text === TCPv6 ? 2 : text === UDP ? 3 : text === UDPv6 ? 4 : text === socket ? 5 : -1;
}

/** Where the address ends that begins at `from`: behind the first brace that closes, where a comma and a space follow; else 0. */
function endOfAddress(from: usize): usize {
  let at = from;
  let found = 0;
  while (found === 0) {
    const text = v128.load(at);
    found = i8x16.bitmask(v128.or(i8x16.eq(text, i8x16.splat(0x7d)), i8x16.eq(text, i8x16.splat(0x0a))));
    at += 16;
  }
  const end = at - 16 + ctz(found);
  return load<u8>(end) === braceEnd && load<u16>(end, 1) === 0x202c ? end + 1 : 0;
}

/** Reads `) = ` and the result. */
function readEnd(from: usize): bool {
  if (load<u8>(from) !== bracketEnd) return false;
  const at = skipSpaces(from + 1);
  if (at === from + 1 || load<u16>(at) !== 0x203d) return false;
  return readResult(at + 2);
}

function tellResult(): void {
  tellText(record.result, knownResult(resultText, i32(resultEnd - resultText)), resultText, resultEnd);
}

function tellText(field: i32, slot: i32, from: usize, to: usize): void {
  const at = record.record + field;
  store<i32>(at, slot);
  store<i32>(at, i32(from), 4);
  store<i32>(at, i32(to), 8);
}

/** ` <unfinished ...>` and the line feed. */
function endsUnfinished(at: usize): bool {
  store<i32>(record.record + record.next, i32(at + 18));
  return load<u64>(at) === 0x696e69666e753c20 && load<u64>(at, 8) === 0x2e2e2e2064656873 && load<u16>(at, 16) === 0x0a3e;
}

/** `<... connect resumed>` */
function isResumed(at: usize): bool {
  return (
    load<u64>(at) === 0x6e6f63202e2e2e3c &&
    load<u64>(at, 8) === 0x736572207463656e &&
    load<u32>(at, 16) === 0x64656d75 &&
    load<u8>(at, 20) === greater
  );
}

/** Their letters, the first in the lowest byte. */
const TCP: u64 = 0x504354;
const TCPv6: u64 = 0x3676504354;
const UDP: u64 = 0x504455;
const UDPv6: u64 = 0x3676504455;
const socket: u64 = 0x74656b636f73;
