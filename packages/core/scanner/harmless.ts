import { bracket, greater, isDigit, lineFeed, point, space } from './characters';

/**
 * Whether a line has nothing of what another call would have that was written into it (hidden.ts), nothing of a message of strace and no control sequence (line.ts),
 * and ends as a whole call does. `from`: behind the bracket of its call. Returns where the next line begins; 0 where it is not sure.
 */
export function endOfHarmless(from: usize): usize {
  let at = from;
  while (true) {
    let found = i8x16.bitmask(suspects(at));
    while (found !== 0) {
      const place = at + ctz(found);
      if (load<u8>(place) === lineFeed) return endsCall(place) ? place + 1 : 0;
      if (isSuspicious(place)) return 0;
      found &= found - 1;
    }
    at += 16;
  }
}

/** The line feeds, brackets and escapes in the 16 bytes from `at` on, the `y` of each `y=` and the colon of each `: `. */
function suspects(at: usize): v128 {
  const text = v128.load(at);
  const next = v128.load(at, 1);
  const brackets = i8x16.eq(text, i8x16.splat(0x28));
  const controls = v128.or(i8x16.eq(text, i8x16.splat(0x0a)), i8x16.eq(text, i8x16.splat(0x1b)));
  const families = v128.and(i8x16.eq(text, i8x16.splat(0x79)), i8x16.eq(next, i8x16.splat(0x3d)));
  const messages = v128.and(i8x16.eq(text, i8x16.splat(0x3a)), i8x16.eq(next, i8x16.splat(0x20)));
  return v128.or(v128.or(brackets, controls), v128.or(families, messages));
}

function isSuspicious(place: usize): bool {
  switch (load<u8>(place)) {
    case bracket:
      return endsEgress(load<u8>(place - 1)) && beginsDescriptor(load<u8>(place + 1));
    case 0x79:
      // `sa_family=`
      return load<u8>(place - 1) === 0x6c;
    default:
      return true;
  }
}

/** connect, sendto, sendmsg, sendmmsg. */
function endsEgress(byte: u8): bool {
  return byte === 0x74 || byte === 0x6f || byte === 0x67;
}

/** A digit, or that of `sockfd=`. */
function beginsDescriptor(byte: u8): bool {
  return isDigit(byte) || byte === 0x73;
}

/** Not ` <unfinished ...>` or another of its kind, nor white space, behind which one may stand. */
function endsCall(end: usize): bool {
  const last = load<u8>(end - 1);
  return last > space && last < 0x7f && !(last === greater && load<u8>(end - 2) === point);
}
