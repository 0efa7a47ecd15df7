import { isIP } from 'node:net';
import { dns } from './builtins.js';
import type { Recorder } from './recorder.js';

/**
 * Tells the recorder which addresses a name was found to have, as permissions may be by name. Wraps dns.lookup in both forms, and the c-ares channel
 * for every dns.resolve4 and dns.resolve6. Call it before the exports of node:dns are synchronised.
 */
export const hookAddresses = (recorder: Recorder): void => {
  const tell = (name: unknown, found: unknown): void => {
    const addresses = [found].flat().flatMap(addressOf);
    if (typeof name === 'string' && isIP(name) === 0 && addresses.length > 0) recorder.resolved(name, addresses);
  };
  hook(dns as unknown as Methods, 'lookup', (original) => (self, args) => {
    const at = typeof args[1] === 'function' ? 1 : 2;
    const callback = args[at];
    if (typeof callback !== 'function') return original.apply(self, args);
    return original.apply(
      self,
      args.with(
        at,
        telling(callback as Method, (found) => tell(args[0], found)),
      ),
    );
  });
  hook(dns.promises as unknown as Methods, 'lookup', (original) => (self, args) => {
    const answer = original.apply(self, args);
    (answer as Promise<unknown>).then((found) => tell(args[0], found)).catch(() => {});
    return answer;
  });
  for (const name of ['queryA', 'queryAaaa']) {
    hook(channelPrototype(), name, (original) => (self, args) => {
      const request = args[0] as { oncomplete?: unknown } | undefined;
      if (typeof request?.oncomplete === 'function') {
        request.oncomplete = telling(request.oncomplete as Method, (found) => tell(args[1], found));
      }
      return original.apply(self, args);
    });
  }
};

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, Method | undefined>;

const hook = (target: Methods | null, name: string, wrap: (original: Method) => (self: unknown, args: unknown[]) => unknown): void => {
  const original = target?.[name];
  if (!target || typeof original !== 'function') return;
  const wrapper = wrap(original);
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    return wrapper(this, args);
  };
  // A wrapper must look like what it wraps: util.promisify.custom, name and length.
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
  target[name] = wrapped;
};

/** The callback `(error, found, …)`, of which `found` is told first. */
const telling = (callback: Method, tell: (found: unknown) => void): Method =>
  function (this: unknown, ...args: unknown[]): unknown {
    tell(args[1]);
    return callback.apply(this, args);
  };

/** From `'203.0.113.10'` or `{ address: '203.0.113.10' }`. */
const addressOf = (found: unknown): string[] => {
  const address = typeof found === 'object' && found !== null ? (found as { address?: unknown }).address : found;
  return typeof address === 'string' && isIP(address) !== 0 ? [address] : [];
};

const channelPrototype = (): Methods | null => {
  const handle = (new dns.Resolver() as unknown as { _handle?: object })._handle;
  return handle ? (Object.getPrototypeOf(handle) as Methods) : null;
};
