import { decodeExec, decodeFork } from './birth.js';
import { argument, type Call, readCall } from './call.js';
import type { NameTraffic } from './dns.js';
import { type Draft, unreadCall } from './draft.js';
import { decodeConnect, decodeSendmmsg, decodeSendmsg, decodeSendto } from './egress.js';
import { hidesEgress, mentionsEgress } from './hidden.js';
import type { JoinedCall } from './join.js';
import { withoutPayload } from './payload.js';
import {
  decodeAccept,
  decodeBind,
  decodeListen,
  decodeName,
  decodePrctl,
  decodeReceivedDescriptors,
  decodeRing,
  decodeSeccomp,
  decodeSocket,
  decodeSocketError,
  decodeTakenDescriptor,
} from './socket-calls.js';
import { decodeText } from './text.js';

/** Drafts the events of one complete call; none for a call that is no evidence, `unread` for evidence that cannot be decoded. */
export const decodeCall = (joined: JoinedCall, names?: NameTraffic): readonly Draft[] => {
  if (receives.has(joined.name)) return [...decodeEvidence(joined), ...(names?.received(joined) ?? [])];
  return decodeEvidence(joined, names);
};

const decodeEvidence = (joined: JoinedCall, names?: NameTraffic): readonly Draft[] => {
  const decode = decoders.get(joined.name);
  if (decode === undefined || !isOfInterest(joined.name, joined.text)) return decodeOther(joined);
  const shown = joined.name.startsWith('send') || joined.name === 'recvmsg' ? { ...joined, raw: withoutPayload(joined.raw) } : joined;
  const call = readCall(joined.text);
  const drafts = call === null ? null : decode(shown, call);
  if (drafts === null && explaining.has(joined.name)) return decodeOther(joined);
  if (call === null || drafts === null) return [unreadCall(shown, `${joined.name} is cut off or damaged`)];
  const glued = mentionsEgress(call.result) ? [unreadCall(shown, otherCall)] : [];
  return [...drafts, ...(names?.sent(joined, call) ?? []), ...glued];
};

/** A call that is no evidence, unless something else was written into its line. */
const decodeOther = (joined: JoinedCall): readonly Draft[] =>
  hidesEgress(joined) ? [unreadCall({ ...joined, raw: withoutPayload(joined.raw) }, otherCall)] : [];

/** Drafts the events of a call that never returned: an egress with unknown result where its address is there, else `unread`. */
export const decodeAbandoned = (joined: JoinedCall, names?: NameTraffic): readonly Draft[] =>
  egressNames.has(joined.name) ? decodeCall({ ...joined, text: `${joined.text}) = ?` }, names) : decodeOther(joined);

/** Drafts the events of a resumed call whose beginning was never seen. */
export const decodeOrphan = (joined: JoinedCall): readonly Draft[] =>
  isOfInterest(joined.name, joined.text) && !explaining.has(joined.name)
    ? [unreadCall({ ...joined, raw: withoutPayload(joined.raw) }, `${joined.name} is resumed here, and its beginning was not seen`)]
    : decodeOther(joined);

/** Whether a call is evidence: by its name, and a change of owner only when it names a marker. */
export const isOfInterest = (name: string, text: string): boolean =>
  decoders.has(name) &&
  text.includes(tellingWords.get(name) ?? '') &&
  (decoders.get(name) !== decodeMarker || text.includes(`"${markerRoot}`) || text.includes('"\\x2f'));

/** Whether `text`, cut anywhere, can be the beginning of a call of interest. */
export const startsCallOfInterest = (text: string): boolean =>
  text !== '' && (text.startsWith('<...') || [...decoders.keys()].some((name) => name.startsWith(text)));

/** Names of the calls that make a thread or a process. */
export const forkNames: ReadonlySet<string> = new Set(['clone', 'clone3', 'fork', 'vfork']);

const decodeMarker = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  const path = decodeText(argument(call, joined.name === 'fchownat' ? 1 : 0));
  if (path === null) return null;
  return path.startsWith(markerRoot) ? [{ kind: 'marker', tid: joined.tid, ts: joined.ts, path }] : [];
};

/** socketcall(2) of a 32-bit process: strace names the call it stands for, unless it could not read its arguments. */
const decodeSocketcall = (_joined: JoinedCall, call: Call): readonly Draft[] | null =>
  /^(?:SYS_(?:CONNECT|SENDTO|SENDMSG|SENDMMSG)|(?:0x)?(?:3|b|10|14))\b/.test(hexadecimal(argument(call, 0))) ? null : [];

const hexadecimal = (value: string): string => (/^\d{1,3}$/.test(value) ? Number(value).toString(16) : value);

type Decode = (joined: JoinedCall, call: Call) => readonly Draft[] | null;

const decoders: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['connect', decodeConnect],
  ['sendto', decodeSendto],
  ['sendmsg', decodeSendmsg],
  ['sendmmsg', decodeSendmmsg],
  ['clone', decodeFork],
  ['clone3', decodeFork],
  ['fork', decodeFork],
  ['vfork', decodeFork],
  ['execve', decodeExec],
  ['execveat', decodeExec],
  ['lchown', decodeMarker],
  ['chown', decodeMarker],
  ['fchownat', decodeMarker],
  ['io_uring_setup', decodeRing],
  ['bind', decodeBind],
  ['listen', decodeListen],
  ['getsockname', decodeName],
  ['accept', decodeAccept],
  ['accept4', decodeAccept],
  ['getsockopt', decodeSocketError],
  ['recvmsg', decodeReceivedDescriptors],
  ['pidfd_getfd', decodeTakenDescriptor],
  ['socket', decodeSocket],
  ['seccomp', decodeSeccomp],
  ['prctl', decodePrctl],
  ['socketcall', decodeSocketcall],
]);

/** Calls that are evidence only with these words. */
const tellingWords: ReadonlyMap<string, string> = new Map([
  ['getsockopt', 'SO_ERROR'],
  ['recvmsg', 'SCM_RIGHTS'],
  ['prctl', 'PR_SET_SECCOMP'],
]);

/** Calls that only explain others: without them less is known, and nothing is lost. */
const explaining: ReadonlySet<string> = new Set(['bind', 'listen', 'getsockname', 'accept', 'accept4', 'getsockopt', 'socket']);

/** Traced for what name servers answer. */
const receives: ReadonlySet<string> = new Set(['recvfrom', 'recvmsg', 'recvmmsg']);
/** Names of all calls that may be evidence of anything. */
export const namesOfInterest: readonly string[] = [...decoders.keys(), ...receives];

const egressNames: ReadonlySet<string> = new Set(['connect', 'sendto', 'sendmsg', 'sendmmsg']);
const markerRoot = '/.netaudit/';
const otherCall = 'a call whose line has another one in it';
