import type { Event } from '../model/event.js';
import { addressKey } from './address-key.js';

/** A name and when it was looked up first, µs since the epoch. */
type LookedUp = Map<string, number>;

/** By which names each process has looked an address up, and when, as its test threads told. */
export class LookedUpNames {
  readonly #processes = new Map<number, Map<string, LookedUp>>();
  #count = 0;
  /** How often more became known. */
  version = 0;

  /** Takes an event, in the order of the trace: a new process knows no names, whoever had its number before. */
  apply(event: Event): void {
    if (event.kind === 'fork' && !event.thread) this.#forget(event.child);
  }

  add(pid: number, { name, addresses, at }: { readonly name: string; readonly addresses: readonly string[]; readonly at: number }): void {
    this.version += 1;
    if (this.#count >= most) for (const oldest of [...this.#processes.keys()].slice(0, 1)) this.#forget(oldest);
    const known = this.#processes.get(pid) ?? new Map<string, LookedUp>();
    this.#processes.delete(pid);
    this.#processes.set(pid, known);
    for (const address of addresses) {
      const names: LookedUp = known.get(addressKey(address)) ?? new Map();
      known.set(addressKey(address), names);
      if (!names.has(name)) this.#count += 1;
      names.set(name, Math.min(at, names.get(name) ?? at));
    }
  }

  /** The names that process `pid` had resolved to `address` at `ts`, µs since the epoch. */
  of(pid: number, address: string | null, ts: number): readonly string[] {
    const names = address === null ? undefined : this.#processes.get(pid)?.get(addressKey(address));
    return names ? [...names].flatMap(([name, at]) => (at <= ts ? name : [])) : [];
  }

  #forget(pid: number): void {
    for (const names of this.#processes.get(pid)?.values() ?? []) this.#count -= names.size;
    this.#processes.delete(pid);
  }
}

/** Names of addresses that are remembered; of the process that told least lately they are forgotten first. */
const most = 100_000;
