import type { Asked } from '../attribution/listener.js';
import type { DnsEvent, EgressEvent, Event } from '../model/event.js';
import type { HostName, UnusedName } from '../model/report.js';
import { AnsweredNames } from '../names/answered.js';
import { LookedUpNames } from '../names/looked-up.js';
import { AskedNames } from './asked-names.js';
import { sendsNothing } from './judge.js';

/** By which names processes know addresses, as it was at each call; and which names they asked for and did not connect to. */
export class Names {
  readonly #answered = new AnsweredNames();
  readonly #lookedUp = new LookedUpNames();
  readonly #asked = new AskedNames();
  /** Of the calls that wait for their owner, by `seq`. */
  readonly #atCall = new Map<number, readonly string[]>();

  /** Takes an event, in the order of the trace. */
  apply(event: Event): void {
    this.#answered.apply(event);
    this.#lookedUp.apply(event);
    if (event.kind === 'dns' && event.answer) this.#asked.answered(event);
    else if (event.kind === 'connect' || event.kind === 'send') this.#called(event);
  }

  /** JavaScript of process `pid` told that it looked a name up. */
  lookedUp(...told: Parameters<LookedUpNames['add']>): void {
    this.#lookedUp.add(...told);
  }

  /** The same as long as no process knows more names than before. */
  get version(): number {
    return this.#answered.version + this.#lookedUp.version;
  }

  /** As `of`, of a call that is not charged yet: more may be told. */
  soFar({ seq, pid, addr, ts }: EgressEvent): readonly string[] {
    return [...(this.#atCall.get(seq) ?? []), ...this.#lookedUp.of(pid, addr, ts)];
  }

  /** Names of the address when the call was made, the last one that was answered first. To be asked once, when the call is charged. */
  of({ seq, pid, addr, ts }: EgressEvent): readonly HostName[] {
    const answered = this.#atCall.get(seq) ?? [];
    const lookedUp = this.#lookedUp.of(pid, addr, ts);
    if (answered.length === 0 && lookedUp.length === 0) return [];
    this.#atCall.delete(seq);
    const known = new Set(answered);
    const told = lookedUp.filter((name) => !known.has(name.toLowerCase().replace(/\.$/, '')));
    return [
      ...answered.map((name) => ({ name, source: 'dns' as const })),
      ...told.toReversed().map((name) => ({ name, source: 'lookup' as const })),
    ];
  }

  /** The owner of a question is known; `allowed`: whether it may be sent there. */
  charged(asked: Asked & { readonly event: DnsEvent }, allowed: boolean): void {
    this.#asked.charged(asked, allowed);
  }

  /** Names that were asked for and not connected to. */
  unused(): readonly UnusedName[] {
    return this.#asked.unused();
  }

  #called(event: EgressEvent): void {
    const names = this.#answered.of(event.pid, event.addr);
    if (names.length === 0) return;
    this.#atCall.set(event.seq, names);
    if (!sendsNothing(event)) for (const name of names) this.#asked.connected(event.pid, name);
  }
}
