import type { Asked } from '../attribution/listener.js';
import type { DnsEvent } from '../model/event.js';
import { forgetOldest } from '../model/oldest.js';
import type { ProcessInfo, UnusedName } from '../model/report.js';
import type { Owner } from '../model/scope.js';

/** Names that processes ask for, until they connect to them. Bounded: names beyond are counted together. */
export class AskedNames {
  readonly #names = new Map<string, Entry>();
  /** Names that were connected to, by process, whose questions may not have been charged yet. */
  readonly #connected = new Set<string>();

  /** A question whose owner is known. */
  charged({ event, owner, process }: Asked, allowed: boolean): void {
    const { name, type } = event.question;
    const key = keyOf(event.pid, name);
    if (this.#connected.has(key)) return;
    const entry = this.#entryOf(key, name);
    entry.count += 1;
    entry.types.add(type);
    entry.allowed &&= allowed;
    const { attempt: _, ...whose } = owner;
    const ownerKey = JSON.stringify([whose.method, whose.scope?.id ?? null, whose.candidates.map(({ id }) => id), whose.timing]);
    const scope = entry.scopes.get(ownerKey) ?? { owner: whose, count: 0, processes: new Map<number, ProcessInfo>() };
    scope.count += 1;
    if (scope.processes.size < mostExamples) scope.processes.set(process.pid, process);
    if (entry.scopes.has(ownerKey) || entry.scopes.size < mostOwners) entry.scopes.set(ownerKey, scope);
  }

  /** An answer, which may come before its question is charged. */
  answered({ pid, question, answer }: DnsEvent): void {
    const key = keyOf(pid, question.name);
    if (!answer || this.#connected.has(key)) return;
    const entry = this.#entryOf(key, question.name);
    if (entry.status === null || answer.status === 'NOERROR') entry.status = answer.status;
  }

  /** The process connected to an address that the name led to. */
  connected(pid: number, name: string): void {
    const key = keyOf(pid, name);
    this.#names.delete(key);
    this.#connected.delete(key);
    this.#connected.add(key);
    forgetOldest(this.#connected, mostConnected);
  }

  /** Of all processes, each name once for each status. */
  unused(): readonly UnusedName[] {
    const merged = new Map<string, UnusedName>();
    for (const entry of this.#names.values()) {
      if (entry.count === 0) continue;
      const key = JSON.stringify([entry.name, entry.status, entry.allowed]);
      const known = merged.get(key);
      const { name, status, allowed } = entry;
      merged.set(key, {
        ...{ name, status, allowed },
        types: [...new Set([...(known?.types ?? []), ...entry.types])],
        count: (known?.count ?? 0) + entry.count,
        scopes: [...(known?.scopes ?? []), ...scopesOf(entry)].slice(0, mostOwners),
      });
    }
    return [...merged.values()];
  }

  #entryOf(key: string, name: string): Entry {
    const full = !this.#names.has(key) && this.#names.size >= mostNames;
    const known = this.#names.get(full ? others : key);
    if (known) return known;
    const entry: Entry = { name: full ? others : name, types: new Set(), status: null, allowed: true, count: 0, scopes: new Map() };
    this.#names.set(full ? others : key, entry);
    return entry;
  }
}

type Entry = {
  readonly name: string;
  readonly types: Set<string>;
  status: string | null;
  allowed: boolean;
  count: number;
  readonly scopes: Map<string, { readonly owner: Omit<Owner, 'attempt'>; count: number; readonly processes: Map<number, ProcessInfo> }>;
};

const scopesOf = ({ scopes }: Entry): UnusedName['scopes'] =>
  [...scopes.values()].map(({ owner, count, processes }) => ({ ...owner, count, processes: [...processes.values()], origins: [] }));

const keyOf = (pid: number, name: string): string => `${pid} ${name.toLowerCase()}`;

const others = '(others)';
const mostNames = 1000;
const mostConnected = 10_000;
const mostOwners = 20;
const mostExamples = 5;
