import { forgetOldest } from '../model/oldest.js';
import { addressKey } from './address-key.js';

/** By which names each process has looked an address up, as its test threads told. */
export class LookedUpNames {
  readonly #names = new Map<string, Set<string>>();

  add(pid: number, name: string, addresses: readonly string[]): void {
    for (const address of addresses) {
      const key = keyOf(pid, address);
      const names = this.#names.get(key) ?? new Set();
      this.#names.delete(key);
      this.#names.set(key, names.add(name));
      forgetOldest(this.#names, most);
    }
  }

  /** The names that process `pid` has resolved to `address` so far. */
  of(pid: number, address: string | null): readonly string[] {
    return address === null ? [] : [...(this.#names.get(keyOf(pid, address)) ?? [])];
  }
}

const keyOf = (pid: number, address: string): string => `${pid} ${addressKey(address)}`;

/** Addresses of processes that are remembered, those last looked up. */
const most = 100_000;
