import { bracket, isDigit, isLetter } from './characters';

/** By the hash of a name: whether a call of one that has it may be evidence. */
const marked = memory.data(4096);
/** A name that is marked is shorter than this. */
const longestMarked = 15;

/** Marks the name of `length` bytes, at most 15, at `from`: its calls may be evidence. */
export function markName(from: usize, length: i32): void {
  store<u8>(marked + hashOf(from, length), 1);
}

/** The name of a call from `from` on: how long it is; 0 where there is something else. */
export function nameLength(from: usize): i32 {
  const text = v128.load(from);
  const letters = i8x16.le_u(i8x16.sub(v128.or(text, i8x16.splat(0x20)), i8x16.splat(0x61)), i8x16.splat(25));
  const digits = i8x16.le_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(9));
  const others = v128.not(v128.or(v128.or(letters, digits), i8x16.eq(text, i8x16.splat(0x5f))));
  let length = ctz(i8x16.bitmask(others) | 0x10000);
  if (length === 16) while (isOfName(load<u8>(from + length))) length += 1;
  return isDigit(load<u8>(from)) || load<u8>(from + length) !== bracket ? 0 : length;
}

/** Whether a call of that name may be evidence. `syscall_435` may be any call (line.ts). Names that have the hash of a marked one are rare. */
export function isOfInterest(name: usize, length: i32): bool {
  if (length <= longestMarked && load<u8>(marked + hashOf(name, length)) !== 0) return true;
  return (load<u32>(name) & 0xffffff) === 0x737973;
}

function isOfName(byte: u8): bool {
  return isLetter(byte) || isDigit(byte) || byte === 0x5f;
}

/** Of all of its at most 15 bytes, below 4096. */
function hashOf(from: usize, length: i32): i32 {
  const begin = load<u64>(from) & lowBytes(min(length, 8));
  const rest = length > 8 ? load<u64>(from, 8) & lowBytes(length - 8) : 0;
  return i32(((begin ^ (rest * 0x9e3779b97f4a7c15) ^ u64(length)) * 0xff51afd7ed558ccd) >> 52);
}

function lowBytes(count: i32): u64 {
  return count === 8 ? u64.MAX_VALUE : (u64(1) << u64(count * 8)) - 1;
}
