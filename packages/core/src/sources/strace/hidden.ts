import type { JoinedCall } from './join.js';
import { withoutStrings } from './scan.js';

/** Whether text that is no call as strace prints it has one in it, or what is left of one. */
export const looksLikeEgress = (text: string): boolean => damagedResumption.test(text) || mentionsEgress(text) || text.includes(address);

/** Whether text that should hold no call mentions one that carries a destination. */
export const mentionsEgress = (text: string): boolean => egressCall.test(text);

/**
 * Whether a call that is no evidence may have evidence in its line: where a line is cut and the log goes on, the next call follows in the same
 * line; and an address under a name that has none is a call whose name was damaged. What is inside strings is the program's own text.
 */
export const hidesEgress = ({ name, text }: JoinedCall): boolean => {
  if (!mentionsEgress(text) && !text.includes(address)) return false;
  const bare = withoutStrings(text);
  return bare === null || mentionsEgress(bare) || (bare.includes(address) && !addressed.test(name));
};

/** A line of -e read or -e write: the data that a call moved, as ` | 00000  68 65 6c 6c 6f  hello |`. It is recognized from end to end. */
export const isDump = (line: string): boolean => line.startsWith(' | ') && line.length < 200 && dump.test(line);

const address = 'sa_family=';
const egressCall = /(?<![A-Za-z_])(?:connect|sendto|sendmsg|sendmmsg)\((?:sockfd=)?\d/;
const damagedResumption = /^<\.\.\. ?(?:connect|sendto|sendmsg|sendmmsg)\b/;
/** Calls besides those that are decoded whose arguments have addresses. */
const addressed =
  /^(?:bind|accept4?|getsockname|getpeername|recv(?:from|msg|mmsg(?:_time\d\d)?)|[gs]etsockopt|ioctl|socketcall|io_uring_\w+)$/;
const dump = /^ \| [0-9a-f]{5,16} {2}[0-9a-f]{2}(?:[0-9a-f ]){46,48} .{16} {1,2}\|\s*$/;
