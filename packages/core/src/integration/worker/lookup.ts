import net from 'node:net';
import { domainToASCII } from 'node:url';
import { dns } from './builtins.js';
import type { Recorder } from './recorder.js';

/** Wraps both forms of dns.lookup, by which Node's own modules look names up too, so that the recorder knows which name is asked for whom. */
export const hookLookups = (recorder: Recorder): void => {
  const { lookup } = dns;
  if (typeof lookup === 'function') dns.lookup = likeIt(lookup, withCallback(lookup as Lookup, recorder));
  const { lookup: promised } = dns.promises;
  if (typeof promised === 'function') dns.promises.lookup = likeIt(promised, withPromise(promised as PromisedLookup, recorder));
};

type Lookup = (this: unknown, ...args: unknown[]) => unknown;
type PromisedLookup = (this: unknown, ...args: unknown[]) => Promise<unknown>;

const withCallback = (lookup: Lookup, recorder: Recorder): Lookup =>
  function (...args) {
    const at = typeof args[1] === 'function' ? 1 : 2;
    const callback = args[at];
    const name = hostName(args[0]);
    if (name === null || typeof callback !== 'function') return lookup.apply(this, args);
    const ended = recorder.lookUp(name);
    const tell = function (this: unknown, ...results: unknown[]): unknown {
      ended();
      return callback.apply(this, results);
    };
    return orEnded(() => lookup.apply(this, args.with(at, tell)), ended);
  };

/** The promise that is returned is the one after the end: a rejection of it that nobody handles is still one. */
const withPromise = (lookup: PromisedLookup, recorder: Recorder): PromisedLookup =>
  function (...args) {
    const name = hostName(args[0]);
    if (name === null) return lookup.apply(this, args);
    const ended = recorder.lookUp(name);
    return orEnded(() => lookup.apply(this, args).finally(ended), ended);
  };

const orEnded = <Result>(call: () => Result, ended: () => void): Result => {
  try {
    return call();
  } catch (error) {
    ended();
    throw error;
  }
};

/** The name as DNS is asked for it; null for what is not asked for: an address, or nothing. */
const hostName = (given: unknown): string | null => {
  if (typeof given !== 'string' || given === '' || isIP(given) !== 0) return null;
  return ascii.test(given) ? given : domainToASCII(given) || given;
};

/** A wrapper must look like what it wraps: util.promisify's own symbols, name and length. */
const likeIt = <Original extends object>(original: Original, wrapper: object): Original =>
  Object.defineProperties(wrapper, Object.getOwnPropertyDescriptors(original)) as Original;

const { isIP } = net;
const ascii = /^[\0-\x7f]*$/;
