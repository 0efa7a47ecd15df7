import type { DnsEvent, DnsRecord, Event } from '../model/event.js';
import { forgetOldest } from '../model/oldest.js';
import { addressKey } from './address-key.js';

/**
 * By which names each process was told an address, from the answers in the trace. An answer counts only where the same process has asked
 * exactly this of exactly this server: whatever else arrives may have been sent by anybody.
 */
export class AnsweredNames {
  readonly #processes = new Map<number, Known>();
  /** How often more became known. */
  version = 0;

  /** Takes an event, in the order of the trace. */
  apply(event: Event): void {
    if (event.kind === 'exit' && event.tid === event.pid) this.#processes.delete(event.pid);
    if (event.kind !== 'dns') return;
    if (event.answer) this.#answered(event);
    else this.#asked(event);
  }

  /** The names by which process `pid` has asked for `address` so far, the last one answered first. */
  of(pid: number, address: string | null): readonly string[] {
    return (address !== null && this.#processes.get(pid)?.names.get(addressKey(address))) || [];
  }

  #asked(event: DnsEvent): void {
    const known = this.#processes.get(event.pid) ?? { open: new Set(), names: new Map() };
    this.#processes.set(event.pid, known);
    known.open.add(keyOf(event));
    forgetOldest(known.open, mostQuestions);
  }

  #answered(event: DnsEvent): void {
    const known = this.#processes.get(event.pid);
    if (!known?.open.delete(keyOf(event))) return;
    this.version += 1;
    const name = hostOf(event.question);
    for (const address of addressesOf(name, event.answer?.records ?? [])) {
      const names = known.names.get(address) ?? [];
      known.names.delete(address);
      known.names.set(address, [name, ...names.filter((other) => other !== name)].slice(0, mostNames));
    }
    forgetOldest(known.names, mostAddresses);
  }
}

type Known = { readonly open: Set<string>; readonly names: Map<string, readonly string[]> };

const keyOf = ({ exchange, question: { name, type } }: DnsEvent): string => `${exchange} ${type} ${name.toLowerCase()}`;

/** RFC 9460 §2.3: the question for a service at another port begins with labels for port and scheme. */
const hostOf = ({ name, type }: DnsEvent['question']): string =>
  (type === 'HTTPS' || type === 'SVCB' ? name.replace(/^(?:_[^.]{1,62}\.){1,2}/, '') : name).toLowerCase();

/** The addresses that the records give to the name, by way of its aliases. Records of other names are nobody's. */
const addressesOf = (host: string, records: readonly DnsRecord[]): Set<string> => {
  const byOwner = new Map<string, DnsRecord[]>();
  for (const record of records) byOwner.set(hostOf(record), [...(byOwner.get(hostOf(record)) ?? []), record]);
  const owners = new Set([host]);
  const addresses = new Set<string>();
  for (const owner of owners) {
    for (const record of byOwner.get(owner) ?? []) {
      if ('target' in record && record.target !== '.') owners.add(record.target.toLowerCase());
      for (const address of 'hints' in record ? record.hints : 'addr' in record ? [record.addr] : []) addresses.add(addressKey(address));
    }
  }
  return addresses;
};

/** How much is kept of one process. */
const mostQuestions = 1000;
const mostAddresses = 10_000;
const mostNames = 20;
