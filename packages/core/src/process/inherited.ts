import { readFileSync, readlinkSync } from 'node:fs';

/** The other ends, as `addr:port`, of our standard streams that are connected internet sockets: who is started by us has them too. Loopback is left out. */
export const inheritedPeers = (): readonly string[] => {
  const inodes = [0, 1, 2].flatMap((fd) => inodeOf(fd) ?? []);
  if (inodes.length === 0) return [];
  const peers = tables
    .flatMap((table) => readTable(table))
    .flatMap(({ inode, peer }) => (inodes.includes(inode) && peer !== null ? [peer] : []));
  return [...new Set(peers)];
};

/** Reads the lines of a table of sockets: inode, and the peer, null where it is none or on loopback (proc(5), /proc/net/tcp). */
export const readSocketTable = (text: string): readonly { readonly inode: string; readonly peer: string | null }[] =>
  text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const columns = line.trim().split(/ +/);
      const [remote = '', inode] = [columns[2], columns[9]];
      return inode === undefined ? [] : [{ inode, peer: peerText(remote) }];
    });

const inodeOf = (fd: number): string | null => {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1] ?? null;
  } catch {
    return null; // closed
  }
};

const readTable = (name: string): ReturnType<typeof readSocketTable> => {
  try {
    return readSocketTable(readFileSync(`/proc/self/net/${name}`, 'latin1'));
  } catch {
    return []; // a kernel without IPv6
  }
};

/** Addresses are 32-bit words in hexadecimal, in the byte order of the machine; the port is a number. */
const peerText = (column: string): string | null => {
  const [address = '', port = ''] = column.split(':');
  const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, 'hex')].toReversed());
  if (bytes.every((byte) => byte === 0)) return null;
  const four = bytes.length === 4 || (bytes.length === 16 && bytes.slice(0, 12).join() === mapped) ? bytes.slice(-4) : null;
  if (four) return four[0] === 127 ? null : `${four.join('.')}:${Number.parseInt(port, 16)}`;
  const words = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0)).toString(16));
  const loopback = bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1;
  return loopback ? null : `[${words.join(':')}]:${Number.parseInt(port, 16)}`;
};

const tables = ['tcp', 'tcp6', 'udp', 'udp6'];
const mapped = [...Array.from({ length: 10 }, () => 0), 255, 255].join();
