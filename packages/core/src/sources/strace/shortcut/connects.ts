import type { Place } from '../../../model/source.js';
import { isPending, outcome } from '../call.js';
import { mentionsEgress } from '../hidden.js';
import { readGroup } from '../scan.js';
import { readSocketAddress, type SocketAddress } from '../sockaddr.js';
import { fields, type Scanner } from './scanner.js';

/** A place that a piece of text names, with the number of the slot where it is kept. */
export type KnownPlace = { readonly place: Place; readonly slot: number };

type Result = { readonly value: number | null; readonly pending: boolean };

/** A connect without its result. `protocol`: what its descriptor is decorated with, by the number that the scanner has for it; `inode`: of a bare socket. */
export type Begun = {
  readonly fd: number;
  readonly protocol: number;
  readonly inode: string;
  readonly to: KnownPlace;
  readonly ts: number;
};

/** What the scanner has found of a connect; null where its address or result is to be read with its line. Each that was found has to be asked for. */
export type Connects = { begun(): Begun | null; result(): Result | null };

/** Addresses and results are few: each is read once, by the readers of all calls. */
export const createConnects = (scanner: Scanner): Connects => {
  const place = createKnown(scanner, fields.place, (text, slot): KnownPlace | null => {
    const address = addressOf(text);
    return address && { place: address, slot };
  });
  return {
    begun: () => {
      const to = place();
      if (to === null) return null;
      const { found, placeOf } = scanner;
      const protocol = found(fields.protocol);
      const inode = protocol === socketProtocol ? scanner.text(placeOf(fields.inode), placeOf(fields.inodeEnd)) : '';
      return { fd: found(fields.fd), protocol, inode, to, ts: scanner.time() };
    },
    result: createKnown(scanner, fields.result, resultOf),
  };
};

/** What the text in a field means, made of it when it is new in its slot. */
const createKnown = <Meaning>({ found, placeOf, text }: Scanner, field: number, make: (text: string, slot: number) => Meaning | null) => {
  const known: (Meaning | null)[] = [];
  return (): Meaning | null => {
    const slot = found(field);
    if (slot >= 0) return known[slot] ?? null;
    const bare = slot & slotMask;
    const meaning = make(text(placeOf(field + 1), placeOf(field + 2)), bare);
    known[bare] = meaning;
    return meaning;
  };
};

/** null for what is to be read with its line: more than ASCII, a message of strace itself, a group that does not end there, an address of a name service. */
const addressOf = (text: string): SocketAddress | null => {
  if (!plain.test(text) || text.includes('strace') || readGroup(text, 0)?.end !== text.length - 1) return null;
  const address = readSocketAddress(text);
  return address.family === null || address.family === 'AF_UNIX' ? null : address;
};

const resultOf = (text: string): Result | null => {
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(text) || text.includes('<') || text.includes('strace') || mentionsEgress(text)) return null;
  return { value: outcome(text), pending: isPending({ result: text }) };
};

/** A socket of which strace says no more. */
export const socketProtocol = 5;
/** Without the bit of what is new. */
const slotMask = 0x7fff_ffff;
const plain = /^[\x20-\x7e]*$/;
