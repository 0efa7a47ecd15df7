/**
 * Texts that come again and again are kept in slots, so that what one means has to be read only once. They return the number of the slot; its highest bit is set
 * where the text is new there, and whatever was in the slot is gone.
 */
export function knownPlace(from: usize, length: i32): i32 {
  return slotOf(places, 16384, placeSize, from, length);
}

export function knownResult(from: usize, length: i32): i32 {
  return slotOf(results, 1024, resultSize, from, length);
}

function slotOf(table: usize, slots: i32, size: i32, from: usize, length: i32): i32 {
  const slot = i32(hashOf(from, length)) & (slots - 1);
  const entry = table + slot * size;
  if (load<i32>(entry) === length && isSame(entry + 4, from, length)) return slot;
  store<i32>(entry, length);
  memory.copy(entry + 4, from, length);
  return slot | i32.MIN_VALUE;
}

function isSame(one: usize, other: usize, length: i32): bool {
  let at = 0;
  for (; at + 16 <= length; at += 16) if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
  for (; at < length; at += 1) if (load<u8>(one + at) !== load<u8>(other + at)) return false;
  return true;
}

function hashOf(from: usize, length: i32): u64 {
  let hash: u64 = u64(length);
  let at = 0;
  for (; at + 8 <= length; at += 8) hash = rotl((hash ^ load<u64>(from + at)) * 0x9e3779b97f4a7c15, 29);
  for (; at < length; at += 1) hash = rotl((hash ^ u64(load<u8>(from + at))) * 0x9e3779b97f4a7c15, 29);
  hash ^= hash >> 32;
  return hash ^ (hash >> 15);
}

const placeSize = 224;
const resultSize = 128;
export const longestPlace: usize = 200;
export const longestResult: usize = 100;
const places = memory.data(16384 * 224);
const results = memory.data(1024 * 128);
