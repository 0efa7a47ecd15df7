import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isOrigin, type Origin } from './origin.js';
import type { StatedPermission } from './permission.js';
import type { Scope } from './scope.js';

/**
 * What a test process writes into its own trace, as the path of an lchown(2) that always fails.
 * The kernel call is the evidence of which thread said it; the text only says what.
 */
export type MarkerMessage =
  /** This thread runs tests; `worker` names the file that answers to it are written to. */
  | { readonly kind: 'hello'; readonly worker: string }
  | { readonly kind: 'scope'; readonly scope: Scope }
  /** The scope began (`open`) or ended on this thread at `at`, µs since the epoch by the thread's clock. */
  | { readonly kind: 'stamp'; readonly scope: string; readonly open: boolean; readonly at: number }
  /** The calls that follow on this thread belong to `scope`, until a context without one. */
  | { readonly kind: 'context'; readonly scope: string | null }
  /**
   * A host name is asked for, on a thread of libuv's pool (getaddrinfo), at `at`; `n` names the look-up on this thread, `scope` is null where
   * it is not known. A thread that is not its process's first sends this and the end at once, as it shares the pool with others.
   */
  | { readonly kind: 'lookup'; readonly n: number; readonly name: string; readonly scope: string | null; readonly at: number }
  /** The look-up `n` has ended, however it did. */
  | { readonly kind: 'lookedUp'; readonly n: number; readonly at: number }
  /** What an adapter can not do in this run, and what it does instead. */
  | { readonly kind: 'notice'; readonly text: string }
  /** `scope` uses the connection that this thread opened for another scope between its clock readings `from` and `to`. */
  | { readonly kind: 'use'; readonly scope: string; readonly from: number; readonly to: number }
  /** The inline permissions of a scope, said together with the scope: before anything can be charged to it. */
  | { readonly kind: 'permit'; readonly scope: string; readonly permissions: readonly StatedPermission[] }
  /** This process has looked `name` up and got `addresses`, at `at`, µs since the epoch by the thread's clock. */
  | { readonly kind: 'resolved'; readonly name: string; readonly addresses: readonly string[]; readonly at: number }
  /** Asks what was charged to `scope` so far; the answer carries `n`. */
  | { readonly kind: 'sync'; readonly n: number; readonly scope: string }
  /** Where this thread began the event with this `seq`. */
  | { readonly kind: 'origin'; readonly event: number; readonly origin: Origin };

/** All messages of one marker. `at` is the thread's clock (µs since the epoch) just before it was written: every earlier stamp of the thread has been sent. */
export type Marker = { readonly at: number; readonly messages: readonly MarkerMessage[] };

const markerRoot = '/.netaudit/';

/**
 * Paths to pass to lchown, in this order, that together carry the marker. `id` tells markers of one thread apart. Each path costs a stop of the
 * thread (20 to 400 µs), so a long text is deflated (RFC 1951), with `~` before it.
 */
export const encodeMarker = (nonce: string, id: number, marker: Marker): string[] => {
  const json = Buffer.from(JSON.stringify(marker));
  const text = json.length <= longestPlain ? json.toString('base64url') : `~${deflateRawSync(json, { level: 1 }).toString('base64url')}`;
  const parts = Math.max(1, Math.ceil(text.length / pieceLength));
  return Array.from({ length: parts }, (_, part) => {
    const piece = text.slice(part * pieceLength, (part + 1) * pieceLength);
    return `${markerRoot}${nonce}/${id}.${part}.${parts}/${piece}`;
  });
};

/** What a run is called where everybody may read it: from it nobody can tell the nonce, and with the nonce everybody can tell it. */
export const runName = (nonce: string): string => createHash('sha256').update(nonce).digest('hex').slice(0, 32);

/** The path whose exec starts a run: it proves that the trace is alive, and names the run. It stays on the tracer's command line. */
export const startMarker = (nonce: string): string => `${markerRoot}${runName(nonce)}/start`;

export type MarkerPiece = {
  readonly nonce: string;
  readonly id: number;
  readonly part: number;
  readonly parts: number;
  readonly text: string;
};

/** One path read back, or null when it has not the form of a marker. */
export const decodePiece = (path: string): MarkerPiece | null => {
  const found = /^\/\.netaudit\/([0-9a-f]{32})\/(\d{1,9})\.(\d{1,6})\.(\d{1,6})\/(~?[\w-]*)$/.exec(path);
  if (!found) return null;
  const [, nonce, id, part, parts, text] = found;
  return { nonce: nonce ?? '', id: Number(id), part: Number(part), parts: Number(parts), text: text ?? '' };
};

/** The name of the run whose start marker it is, or null. */
export const decodeStart = (path: string): string | null => /^\/\.netaudit\/([0-9a-f]{32})\/start$/.exec(path)?.[1] ?? null;

/** The marker that its pieces, in order, carry; null when they carry none. */
export const decodeMarker = (pieces: readonly string[]): Marker | null => {
  try {
    const text = pieces.join('');
    const value: unknown = JSON.parse(text.startsWith('~') ? inflated(text.slice(1)) : Buffer.from(text, 'base64url').toString());
    return isMarker(value) ? value : null;
  } catch {
    return null;
  }
};

/** Throws where it would be longer than any marker is: a few bytes may stand for gigabytes. */
const inflated = (text: string): string => inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: longestMarker }).toString();

const isMarker = (value: unknown): value is Marker =>
  isRecord(value) && typeof value.at === 'number' && Array.isArray(value.messages) && value.messages.every(isMessage);

const isMessage = (value: unknown): boolean => {
  if (!isRecord(value)) return false;
  switch (value.kind) {
    case 'hello':
      return typeof value.worker === 'string' && /^[\w-]{1,64}$/.test(value.worker);
    case 'scope':
      return isScope(value.scope);
    case 'stamp':
      return typeof value.scope === 'string' && typeof value.open === 'boolean' && typeof value.at === 'number';
    case 'context':
      return isScopeId(value.scope);
    case 'lookup':
      return typeof value.n === 'number' && typeof value.name === 'string' && isScopeId(value.scope) && typeof value.at === 'number';
    case 'lookedUp':
      return typeof value.n === 'number' && typeof value.at === 'number';
    case 'notice':
      return typeof value.text === 'string';
    case 'use':
      return typeof value.scope === 'string' && typeof value.from === 'number' && typeof value.to === 'number';
    case 'permit':
      return typeof value.scope === 'string' && Array.isArray(value.permissions) && value.permissions.every(isPermission);
    case 'resolved':
      return typeof value.name === 'string' && isTexts(value.addresses) && typeof value.at === 'number';
    case 'sync':
      return typeof value.n === 'number' && typeof value.scope === 'string';
    case 'origin':
      return typeof value.event === 'number' && isOrigin(value.origin);
    default:
      return false;
  }
};

const isScopeId = (value: unknown): boolean => value === null || typeof value === 'string';

const isScope = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  typeof value.kind === 'string' &&
  ['run', 'file', 'import', 'suite', 'test'].includes(value.kind) &&
  (value.file === null || typeof value.file === 'string') &&
  isTexts(value.names);

const isPermission = (value: unknown): boolean =>
  isRecord(value) && isTexts([value.target, value.reason, value.at]) && ['file', 'suite', 'test'].includes(value.covers as string);

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((text) => typeof text === 'string');

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A path may have 4,095 bytes (PATH_MAX, limits.h); strace prints that many whatever its -s. */
const pieceLength = 3900;
/** Bytes that fit into one path as they are. */
const longestPlain = (pieceLength / 4) * 3;
const longestMarker = 64 * 1024 * 1024;
