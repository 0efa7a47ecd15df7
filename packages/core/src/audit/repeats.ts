import type { AllowList } from '../allowlist/allowlist.js';
import { isPolicyRule } from '../allowlist/rule-index.js';
import type { Attribution } from '../attribution/attribution.js';
import type { Task } from '../attribution/processes.js';
import { resolverStep } from '../attribution/resolver.js';
import type { Again, Counted, ViolationTally } from '../findings/violation-tally.js';
import type { EgressEvent } from '../model/event.js';
import type { JudgedEvent } from '../model/report.js';
import type { BareConnect, Place } from '../model/source.js';
import type { Names } from './names.js';
import type { OwnServers } from './own-servers.js';
import type { Permissions } from './permissions.js';
import type { PipelineOptions } from './pipeline-options.js';

/** What a judgement depends on. */
type Parts = {
  readonly attribution: Attribution;
  readonly names: Names;
  readonly servers: OwnServers;
  readonly permissions: Permissions;
  readonly tally: ViolationTally;
};

/** A connect that was judged, and how things were then. What differs from it in time alone is judged the same. */
export type Before = {
  readonly place: Place;
  readonly task: Task;
  readonly argv: Task['process']['argv'];
  readonly names: number;
  readonly servers: number;
  readonly event: EgressEvent;
  readonly judged: JudgedEvent;
  /** What it was counted in; null where it is allowed. */
  readonly again: Again | null;
};

/** Connects that were judged, by place and thread: a run connects to the same few places again and again, and judging is dearer than reading. */
export class Repeats {
  readonly #parts: Parts;
  /** By the number of the place. */
  #bySlot: Before[][] = [];
  #count = 0;
  /** The latest connect that was looked for, as long as its event is the next. */
  #latest: BareConnect | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The one before that is as this one, if nothing has changed since. */
  of(connect: BareConnect): Before | null {
    this.#latest = connect;
    const { attribution, names, servers, permissions } = this.#parts;
    const task = permissions.isEmpty ? attribution.untestedTask(connect.tid, connect.ts) : null;
    const found = task && this.#find(task, connect);
    if (!found || found.names !== names.version || found.servers !== servers.version) return null;
    return found.argv === task.process.argv && isLike(found.event, connect) ? found : null;
  }

  /** The latest one has been judged, and is of no concern to any detector. A violation that was seen once is not likely to come again. */
  remember(judged: JudgedEvent, counted: Counted | null): void {
    const { attribution, names, servers, tally } = this.#parts;
    const connect = this.#latest;
    if (connect?.seq !== judged.event.seq || !canRepeat(judged)) return;
    const task = attribution.untestedTask(connect.tid, connect.ts);
    const again = counted && counted.destination.count > 1 ? tally.againOf(counted) : null;
    if (!task || (again === null && judged.status === 'violation')) return;
    const { argv } = task.process;
    const known = { names: names.version, servers: servers.version };
    this.#add(connect.slot, { place: connect.place, task, argv, ...known, event: judged.event, judged, again });
  }

  /** The latest one was pushed. */
  pushed(): void {
    this.#latest = null;
  }

  clear(): void {
    this.#bySlot = [];
    this.#count = 0;
  }

  #find(task: Task, { slot, place }: BareConnect): Before | null {
    const list = this.#bySlot[slot];
    if (list !== undefined) for (const before of list) if (before.task === task && before.place === place) return before;
    return null;
  }

  #add(slot: number, before: Before): void {
    if (this.#count >= most) this.clear();
    const { place, task } = before;
    const others = (this.#bySlot[slot] ?? []).filter((other) => other.place === place && other.task !== task);
    this.#bySlot[slot] = [before, ...others.slice(0, mostThreads - 1)];
    this.#count += 1;
  }
}

/** Whether what becomes of a connect may depend on nothing but the connect and what was before it: nobody waits for it, and no rule asks for its time. */
export const takesRepeats = ({ allowlist, keepAll, tell, known }: PipelineOptions, isHeard: boolean): boolean =>
  !isHeard && !keepAll && !tell && !known && isTimeless(allowlist);

const isTimeless = ({ rules, deny }: AllowList): boolean =>
  [...rules, ...deny].every((rule) => !isPolicyRule(rule) || rule.conditions.expires === undefined);

/** Of the run itself: a scope that has ended makes a difference between times. */
const canRepeat = ({ event, owner, status, names }: JudgedEvent): boolean =>
  owner.scope?.kind === 'run' && (status === 'allowed' || status === 'violation') && !names && resolverStep(event) === null;

/** As the one before is not later, it stays the first. */
const isLike = (before: EgressEvent, { ts, result, transport, took }: BareConnect): boolean =>
  before.kind === 'connect' &&
  before.ts <= ts &&
  before.result === result &&
  before.transport === transport &&
  (before.took === undefined) === (took === undefined);

const most = 16_384;
/** Of which a connect to one place is kept. */
const mostThreads = 64;
