/** PID_MAX_LIMIT of a 64-bit kernel (include/linux/threads.h): no thread has this number or a larger one. */
export const pidLimit = 4_194_304;

/** A number for each thread id. */
export type TidTable = {
  get(tid: number): number | undefined;
  /** `undefined` forgets. */
  set(tid: number, value: number | undefined): void;
};

/** A table that takes 16 MB when a trace has every thread id there can be, and never more. Ids that no kernel gives are not kept. */
export const createTidTable = (): TidTable => {
  const pages: (Int32Array | undefined)[] = [];
  return {
    get: (tid) => {
      if (!isThreadId(tid)) return undefined;
      const value = pages[tid >> pageBits]?.[tid & pageMask] ?? 0;
      return value === 0 ? undefined : value - 1;
    },
    set: (tid, value) => {
      if (!isThreadId(tid)) return;
      const index = tid >> pageBits;
      const page = pages[index] ?? (value === undefined ? undefined : new Int32Array(1 << pageBits));
      if (page === undefined) return;
      pages[index] = page;
      page[tid & pageMask] = value === undefined ? 0 : value + 1;
    },
  };
};

const isThreadId = (tid: number): boolean => Number.isInteger(tid) && tid >= 0 && tid <= pidLimit;

const pageBits = 12;
const pageMask = (1 << pageBits) - 1;
