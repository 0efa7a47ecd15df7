import type { DnsEvent, EgressEvent } from '../model/event.js';
import type { Task } from './processes.js';

/** The question of DNS that a getaddrinfo(3) asked, at `ts` (µs since the epoch). `awaited`: its thread has not asked it yet. */
export type Question = { readonly name: string; readonly ts: number } | 'awaited';

/**
 * Which question an event is part of; null where it is part of none. It becomes known when its thread asks. `sure` is false where the thread
 * may have gone on to another look-up before it asked.
 */
export type Asking = { question: Question | null; readonly sure: boolean };

export const nothingAsked: Asking = { question: null, sure: true };

/** The questions that threads ask, as they come. */
export class Questions {
  readonly #last = new WeakMap<Task, Question>();
  readonly #awaiting = new WeakMap<Task, Asking[]>();

  partOf(task: Task, event: EgressEvent): Asking {
    switch (resolverStep(event)) {
      case 'asks':
        return this.#await(task, event);
      case 'follows':
        return { question: this.#last.get(task) ?? null, sure: true };
      case null:
        return nothingAsked;
    }
  }

  /** Takes a question; an answer tells nothing new of who asked. */
  ask(task: Task, { question: { name }, answer, ts }: DnsEvent): void {
    if (answer) return;
    const question = { name, ts };
    for (const asking of this.#awaiting.get(task) ?? []) asking.question = question;
    this.#awaiting.delete(task);
    this.#last.set(task, question);
  }

  /** A connect to a name server that succeeded is always followed by the question. */
  #await(task: Task, event: EgressEvent): Asking {
    const asking: Asking = { question: 'awaited', sure: event.kind === 'send' || (event.port === 53 && event.result === 0) };
    const awaiting = this.#awaiting.get(task) ?? [];
    this.#awaiting.set(task, awaiting);
    awaiting.push(asking);
    if (awaiting.length > mostAwaiting) for (const old of awaiting.splice(0, mostAwaiting / 2)) old.question = null;
    return asking;
  }
}

/**
 * Where an event stands in a getaddrinfo(3) of glibc or musl, all of which is on one thread: `asks` comes before the question that the
 * thread asks next (nscd, systemd-resolved, a datagram socket to the name server), `follows` after the one it asked last (the same over TCP, the list of
 * addresses by netlink, the probes of RFC 6724). null: it is no part of one.
 */
export const resolverStep = ({ family, addr, port, transport }: EgressEvent): 'asks' | 'follows' | null => {
  if (family === 'AF_NETLINK' || family === 'AF_UNSPEC' || (transport === 'udp' && port === 0)) return 'follows';
  if (port === 53) return transport === 'tcp' ? 'follows' : 'asks';
  return addr !== null && nameServices.has(addr) ? 'asks' : null;
};

/** glibc nscd/nscd-client.h, _PATH_NSCDSOCKET; the varlink socket of systemd-resolved. */
const nameServices: ReadonlySet<string> = new Set(['/var/run/nscd/socket', '/run/systemd/resolve/io.systemd.Resolve']);
/** A thread that connects to name servers this often before it asks is not getaddrinfo(3). */
const mostAwaiting = 1000;
