/** What the scanner tells of the line at which it stopped. These are the places in it of numbers of 32 bits; `time`, in µs, has 64. */
export const record = memory.data(80, 8);
/** How many lines were before it. */
export const skipped = 0;
/** Where it begins, and where the next one does. */
export const line = 4;
export const next = 8;
export const thread = 12;
/** Of a connect: the descriptor, what its decoration says (connect.ts), and from where to where its inode is written. */
export const descriptor = 16;
export const protocol = 20;
export const inode = 24;
export const inodeEnd = 28;
/** The slot of the text of its address (known-texts.ts), and from where to where it goes. */
export const place = 32;
/** The same of its result. */
export const result = 44;
/** µs, or −1. */
export const took = 56;
export const time = 64;
