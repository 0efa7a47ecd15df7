/** A bit for each thread id there can be (PID_MAX_LIMIT, include/linux/threads.h): whether a whole call of the thread is only itself. */
const ready = memory.data(524304);
export const mostThreads = 4194304;

export function setReady(tid: i32, isSo: bool): void {
  const at = ready + (tid >> 3);
  const bit: u8 = u8(1) << u8(tid & 7);
  store<u8>(at, isSo ? load<u8>(at) | bit : load<u8>(at) & ~bit);
}

export function isReady(tid: i32): bool {
  return ((load<u8>(ready + (tid >> 3)) >> u8(tid & 7)) & 1) !== 0;
}
