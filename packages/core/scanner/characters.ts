export const lineFeed: u8 = 0x0a;
export const space: u8 = 0x20;
export const bracket: u8 = 0x28;
export const bracketEnd: u8 = 0x29;
export const point: u8 = 0x2e;
export const less: u8 = 0x3c;
export const greater: u8 = 0x3e;
export const braceEnd: u8 = 0x7d;

export function isDigit(byte: u8): bool {
  return byte - 0x30 <= 9;
}

export function isLetter(byte: u8): bool {
  return (byte | 0x20) - 0x61 <= 25;
}

/** How many digits there are from `at` on; 16 stands for 16 or more. */
export function digitsAt(at: usize): i32 {
  const others = i8x16.gt_u(i8x16.sub(v128.load(at), i8x16.splat(0x30)), i8x16.splat(9));
  return ctz(i8x16.bitmask(others) | 0x10000);
}

/** The number that `length` digits from `at` on write. */
export function numberAt(at: usize, length: i32): i64 {
  let value: i64 = 0;
  for (let i = 0; i < length; i += 1) value = value * 10 + i64(load<u8>(at + i)) - 0x30;
  return value;
}

/** Where the digits from `from` on end. */
export function skipDigits(from: usize): usize {
  let at = from;
  while (isDigit(load<u8>(at))) at += 1;
  return at;
}

/** Where the letters and digits from `from` on end. */
export function skipWord(from: usize): usize {
  let at = from;
  while (isLetter(load<u8>(at)) || isDigit(load<u8>(at))) at += 1;
  return at;
}

export function skipSpaces(from: usize): usize {
  let at = from;
  while (load<u8>(at) === space) at += 1;
  return at;
}
