import type { AskedName } from '../../model/course.js';
import { destinationText } from '../../model/destination.js';
import type { DnsEvent, DnsRecord, Event } from '../../model/event.js';
import type { Scope } from '../../model/scope.js';

type Asked = { -readonly [Key in keyof AskedName]: AskedName[Key] };

/** The questions to name services, each with its answer. */
export class AskedQuestions {
  readonly #list: Asked[] = [];
  readonly #bySeq = new Map<number, Asked>();
  readonly #open = new Map<string, Asked>();

  apply(event: Event): void {
    if (event.kind !== 'dns') return;
    if (event.answer) this.#answer(event, event.answer);
    else if (this.#list.length < most) this.#ask(event);
  }

  /** The owner of the question with this `seq` is known. */
  charged(seq: number, scope: Scope | null): void {
    const asked = this.#bySeq.get(seq);
    this.#bySeq.delete(seq);
    if (asked) asked.scope = scope;
  }

  get list(): readonly AskedName[] {
    return this.#list;
  }

  #ask(event: DnsEvent): void {
    const { name, type } = event.question;
    const server = destinationText(event.server);
    const asked: Asked = { at: event.ts, name, type, status: null, addresses: [], server, pid: event.pid, scope: null };
    this.#list.push(asked);
    this.#bySeq.set(event.seq, asked);
    this.#open.set(keyOf(event), asked);
  }

  #answer(event: DnsEvent, { status, records }: NonNullable<DnsEvent['answer']>): void {
    const asked = this.#open.get(keyOf(event));
    if (!asked) return;
    asked.status = status;
    asked.addresses = [...new Set(records.flatMap(addressesOf))];
    this.#open.delete(keyOf(event));
  }
}

const keyOf = ({ pid, exchange, question }: DnsEvent): string =>
  JSON.stringify([pid, exchange, question.name.toLowerCase(), question.type]);

const addressesOf = (record: DnsRecord): readonly string[] => ('addr' in record ? [record.addr] : 'hints' in record ? record.hints : []);

const most = 20_000;
