import { type Birth, readBirth } from './birth.js';
import { decodeAbandoned, decodeCall, decodeOrphan, forkNames } from './calls.js';
import type { NameTraffic } from './dns.js';
import { type Draft, placed } from './draft.js';
import { isDump, looksLikeEgress } from './hidden.js';
import type { JoinedCall, Step } from './join.js';
import type { Line } from './line.js';
import { withoutPayload } from './payload.js';

/** What a step means to the tree of threads: a birth that may now show its child, one that is settled, or the end of a number. */
export type Kinship =
  | { readonly kind: 'pending'; readonly birth: Birth; readonly ts: number }
  | { readonly kind: 'settled'; readonly known: boolean }
  | { readonly kind: 'superseded'; readonly by: number };

/** The events of one step. `tid` is null for text that no thread of the trace wrote; `ignored` counts lines that are no evidence. */
export type Decoded = {
  readonly tid: number | null;
  readonly drafts: readonly Draft[];
  readonly kinship: Kinship | null;
  readonly ignored: number;
};

/** Decodes one step of the trace. */
export const decodeStep = (step: Step, names?: NameTraffic): Decoded => {
  switch (step.kind) {
    case 'entered':
      return decoded(step.call.tid, [], forkNames.has(step.call.name) ? pendingBirth(step.call) : null, 0);
    case 'called':
      return callDecoded(
        step.call,
        decodeCall(step.call, names),
        settled(step.call, ({ text }) => !/= \?[^=]*$/.test(text)),
      );
    case 'abandoned':
      return callDecoded(
        step.call,
        decodeAbandoned(step.call, names),
        settled(step.call, () => false),
      );
    case 'orphan':
      return callDecoded(step.call, decodeOrphan(step.call), null);
    case 'line':
      return decodeLine(step.line, step.body);
  }
};

const decodeLine = (line: Line, body: Extract<Step, { kind: 'line' }>['body']): Decoded => {
  const { tid, ts } = line;
  switch (body.kind) {
    case 'exit':
      return decoded(tid, [{ kind: 'exit', tid, ts, code: body.code, signal: body.signal }], null, 0);
    case 'signal':
      return decoded(tid, [{ kind: 'signal', tid, ts, name: body.name }], null, 0);
    case 'superseded':
      return decoded(tid, [], { kind: 'superseded', by: body.by }, 0);
    case 'message':
      return evidence(trouble.test(body.text) ? [{ kind: 'lost', tid, ts, reason: body.text }] : mixed(line, body.text));
    case 'foreign':
      return evidence(isDump(line.raw) ? [] : mixed(line, body.text));
  }
};

const mixed = (line: Line, text: string): readonly Draft[] =>
  looksLikeEgress(text) ? [unreadLine(line, 'a call that is damaged or mixed with other output')] : [];

/** A drafted `unread` for a line as a whole. */
export const unreadLine = ({ tid, ts, number, file, raw }: Line, reason: string): Draft => ({
  kind: 'unread',
  tid,
  ts,
  line: number,
  reason: placed(reason, file),
  rawLine: withoutPayload(raw),
});

const decoded = (tid: number | null, drafts: readonly Draft[], kinship: Kinship | null, ignored: number): Decoded => ({
  tid,
  drafts,
  kinship,
  ignored,
});

const evidence = (drafts: readonly Draft[]): Decoded => decoded(null, drafts, null, drafts.length === 0 ? 1 : 0);

const callDecoded = (call: JoinedCall, drafts: readonly Draft[], kinship: Kinship | null): Decoded =>
  decoded(call.tid, drafts, kinship, drafts.every(isNoEvidence) ? call.lines : 0);

/** A send without an address is evidence only where nothing is known of its socket. */
const isNoEvidence = (draft: Draft): boolean => draft.kind === 'socket' && draft.did === 'send';

const pendingBirth = ({ text, ts }: JoinedCall): Kinship => ({ kind: 'pending', birth: readBirth(text), ts });

const settled = (call: JoinedCall, isKnown: (call: JoinedCall) => boolean): Kinship | null =>
  forkNames.has(call.name) ? { kind: 'settled', known: isKnown(call) } : null;

/** Messages after which strace no longer writes or follows everything. */
const trouble = /Broken pipe|No space left|File too large|Disk quota exceeded|Input\/output error|ptrace\(/;
