import type { Decision } from '../allowlist/allowlist.js';
import type { Call, Rule } from '../allowlist/rule.js';
import { Attribution } from '../attribution/attribution.js';
import type { Descent } from '../attribution/descent.js';
import type { Asked, AttributionListener, Charged, Use } from '../attribution/listener.js';
import { type Counted, ViolationTally } from '../findings/violation-tally.js';
import { blindSpotText, isAcceptable } from '../model/blind-spot.js';
import type { Course } from '../model/course.js';
import type { BlindEvent, EgressEvent, Event } from '../model/event.js';
import type { Origin } from '../model/origin.js';
import type { HostName, JudgedEvent } from '../model/report.js';
import type { BegunEvent, Question } from '../model/session.js';
import type { BareConnect } from '../model/source.js';
import { CourseKeeper } from './course/course.js';
import { clockSetBack, Gaps, unfinishedMarker } from './gaps.js';
import { callOf, judge } from './judge.js';
import { Names } from './names.js';
import { Outcomes } from './outcomes.js';
import { OwnServers } from './own-servers.js';
import { Permissions } from './permissions.js';
import type { ChargedViolation, PipelineListener, PipelineOptions } from './pipeline-options.js';
import { Ran } from './ran.js';
import { RecentViolations } from './recent.js';
import { Repeats, takesRepeats } from './repeats.js';

/** Events in, judged events and gaps out: the same for a live trace and for one that is replayed. */
export class Pipeline {
  readonly gaps = new Gaps();
  /** What adapters could not do, each once. */
  readonly notices = new Set<string>();
  readonly attribution: Attribution;
  readonly permissions = new Permissions();
  readonly names = new Names();
  readonly ran = new Ran();
  readonly #options: PipelineOptions;
  readonly #listener: PipelineListener | null;
  /** The first events that are to be kept, with the origins that are known by now. */
  readonly #judged: JudgedEvent[] = [];
  /** How many more were to be kept. */
  omitted = 0;
  readonly tally: ViolationTally;
  readonly #servers: OwnServers;
  readonly #recent = new RecentViolations();
  readonly #unasked = new Map<string, ChargedViolation[]>();
  readonly #begun = new Map<string, BegunEvent[]>();
  readonly #outcomes = new Outcomes();
  /** null where each connect must have its event. */
  readonly #repeats: Repeats | null;
  /** Only where all is kept. */
  readonly #course: CourseKeeper | null;
  /** By how much the clock was set back, µs. */
  #setBackBy = 0;
  /** Workers that were alerted, and have not asked since. */
  readonly #alerted = new Set<string>();
  /** Rules that allowed something. */
  readonly usedRules = new Set<Rule>();
  /** Events of any kind. */
  count = 0;
  /** Those of them that lead somewhere. */
  connections = 0;
  /** The time of the latest, µs since the epoch. */
  latest = 0;

  constructor(options: PipelineOptions, listener: PipelineListener | null) {
    this.#options = options;
    this.#listener = listener;
    this.#course = options.keepAll ? new CourseKeeper() : null;
    this.tally = options.tally ?? new ViolationTally();
    this.#servers = options.servers ?? new OwnServers();
    this.attribution = new Attribution(options.nonce, this.#attributionListener());
    const { attribution, names, permissions, tally } = this;
    const parts = { attribution, names, permissions, tally, servers: this.#servers };
    this.#repeats = takesRepeats(options, listener !== null) ? new Repeats(parts) : null;
  }

  push(event: Event): void {
    this.count += 1;
    this.#take(event);
    this.#repeats?.pushed();
  }

  /** Takes a connect that is judged as one before, without an event of it. Where it is not taken, its event is to be pushed next. */
  readonly repeat = (connect: BareConnect): boolean => {
    const before = this.#repeats?.of(connect);
    if (!before || (before.again && this.#judged.length < mostKept)) return false;
    this.count += 1;
    this.connections += 1;
    this.latest = Math.max(this.latest, connect.ts);
    this.#options.findings.seen(before.event, () => before.judged.process);
    if (before.again === null) return true;
    this.omitted += 1;
    this.tally.addAgain(before.again);
    this.#recent.addAgain(connect, before.again);
    return true;
  };

  /** What who reads the trace knows to be missing from it. */
  lose(reason: string): void {
    this.#take({ kind: 'lost', source: 'netaudit', seq: -1, ts: this.latest, pid: 0, tid: 0, reason });
  }

  /** A question that came beside the trace, after all lines that were written before it. One of a thread that is not in the trace is none. */
  readonly ask = (question: Question): void => this.attribution.asked(question);

  finish(): void {
    this.attribution.finish();
  }

  /** The first of what was judged so far, with the origins and outcomes that are known by now. */
  get judged(): readonly JudgedEvent[] {
    return this.#judged.map((judged) => ({ ...judged, ...this.#outcomes.of(judged.event) }));
  }

  /** null where not all is kept. */
  get course(): Course | null {
    return this.#course?.course ?? null;
  }

  #take(event: Event): void {
    this.#options.tell?.(event);
    this.latest = Math.max(this.latest, event.ts);
    if (event.kind === 'blind') this.#blind(event);
    if (this.#options.keepAll) this.#outcomes.take(event);
    this.#course?.apply(event);
    if (event.kind === 'unread') this.gaps.push({ kind: 'unread', reason: event.reason, line: event.line });
    else if (event.kind === 'lost') this.gaps.push({ kind: 'lost', reason: event.reason });
    this.names.apply(event);
    this.#servers.apply(event);
    this.attribution.apply(event);
    this.#options.findings.seen(event, () => this.attribution.processes.processOf(event));
    if (event.kind !== 'connect' && event.kind !== 'send') return;
    this.connections += 1;
    this.#alert(event);
  }

  #attributionListener(): AttributionListener {
    return {
      onCharged: (charged) => this.#judge(charged),
      onNoted: (noted) => this.#options.findings.noted(noted),
      onSync: (request) => {
        const violations = this.#unasked.get(request.scope) ?? [];
        const begun = this.#begun.get(request.worker) ?? [];
        this.#unasked.delete(request.scope);
        this.#begun.delete(request.worker);
        this.#alerted.delete(request.worker);
        this.#listener?.onSync(request, violations, begun);
      },
      onOrigin: (seq, origin) => this.#originate(seq, origin),
      onUsed: (use) => this.#use(use),
      onForged: (reason) => void this.gaps.push({ kind: 'forged', reason }),
      onUnfinished: (tid) => void this.gaps.push(unfinishedMarker(tid)),
      onSetBack: (micros) => this.#setBack(micros),
      onNotice: (text) => void (this.notices.size < mostNotices && this.notices.add(text)),
      onPermit: (scope, permissions) => this.permissions.state(scope, permissions),
      onRunner: (worker, task, ts) => this.#course?.lanes.begin(worker, task, ts),
      onStamp: (worker, scope, open, at) => this.#course?.lanes.stamp(worker, scope, open, at),
      onScope: (scope) => this.ran.add(scope),
      onForgotten: (scope) => this.permissions.forget(scope),
      onResolved: (pid, resolved) => this.names.lookedUp(pid, resolved),
      onAsked: (asked) => this.#chargeQuestion(asked),
    };
  }

  #judge(charged: Charged): void {
    const names = this.names.of(charged.event);
    const decision = this.#decide(charged, names);
    if (decision.rule) this.usedRules.add(decision.rule);
    const bare = judge(charged, decision);
    const judged = this.#recognized(this.#permitted(charged, names.length > 0 ? { ...bare, names } : bare));
    const isOfConcern = this.#options.findings.charged({ judged, origin: () => this.#recent.originOf(judged.event.seq) });
    const at = judged.status === 'violation' || this.#options.keepAll ? this.#keep(judged) : null;
    const counted = judged.status === 'violation' ? this.#count(judged, at, charged.descent) : null;
    if (judged.status === 'known') this.#countKnown(judged, at);
    if (!isOfConcern) this.#repeats?.remember(judged, counted);
  }

  #decide({ event, owner, process }: Omit<Charged, 'descent'>, names: readonly HostName[]): Decision {
    const plain = names.length === 0 ? noNames : names.map(({ name }) => name);
    const call = callOf(event, { process, names: plain, served: this.#servers.serves });
    return this.#options.allowlist.judge(call, owner.scope ? [owner.scope] : owner.candidates);
  }

  /** Its index among the kept events; null when there are too many. */
  #keep(judged: JudgedEvent): number | null {
    if (this.#judged.length < mostKept) return this.#judged.push(judged) - 1;
    this.omitted += 1;
    return null;
  }

  #count(judged: JudgedEvent, at: number | null, descent: Descent): Counted | null {
    const counted = this.tally.add(judged);
    this.#recent.add({ event: judged.event, counted, at });
    const origin = this.#recent.originOf(judged.event.seq);
    if (origin) this.#originate(judged.event.seq, origin);
    if (this.#listener) this.#holdForQuestions(judged, descent);
    return counted;
  }

  /** Of what the baseline knows no test is told. */
  #countKnown(judged: JudgedEvent, at: number | null): void {
    const counted = this.#options.known?.tally.add(judged) ?? null;
    this.#recent.add({ event: judged.event, counted, at });
    const origin = this.#recent.originOf(judged.event.seq);
    if (origin) this.#originate(judged.event.seq, origin);
  }

  #holdForQuestions(judged: JudgedEvent, { chain, begun }: Descent): void {
    const { owner, event } = judged;
    if (owner.scope) append(this.#unasked, owner.scope.id, { ...judged, chain });
    if (begun) append(this.#begun, begun.worker, { seq: event.seq, begunAt: begun.at });
  }

  /** Every later marker of a thread is behind too, by less: that is the same step. */
  #setBack(micros: number): void {
    if (micros <= this.#setBackBy) return;
    this.#setBackBy = micros;
    this.gaps.push(clockSetBack(micros));
  }

  /** Anything may have happened there, unless the user accepts it by name. */
  #blind({ spot, pid }: BlindEvent): void {
    if (!isAcceptable(spot) || this.#options.allowlist.acceptBlindSpots.includes(spot)) return;
    this.gaps.push({ kind: 'lost', reason: `${blindSpotText(spot)} (pid ${pid})` });
  }

  #originate(seq: number, origin: Origin): void {
    const recent = this.#recent.tell(seq, origin);
    this.#repeats?.clear();
    if (recent?.counted) this.tally.tellOrigin(recent.counted, origin);
    this.#change(recent?.at, (judged) => ({ ...judged, origin }));
  }

  /** A connection is opened before it is used, so the latest comes first. One that is not there is allowed, or long gone by. */
  #use({ tid, from, to, scope }: Use): void {
    const recent = this.#recent.connectOf(tid, from, to);
    if (!recent || recent.counted?.owner?.owner.scope?.id === scope.id) return;
    if (recent.counted) this.tally.tellUser(recent.counted, scope);
    this.#change(recent.at, (judged) => ({ ...judged, usedBy: [...(judged.usedBy ?? []), scope] }));
  }

  #change(at: number | null | undefined, change: (judged: JudgedEvent) => JudgedEvent): void {
    const judged = at === null || at === undefined ? undefined : this.#judged[at];
    if (judged && typeof at === 'number') this.#judged[at] = change(judged);
  }

  /** A violation may have a permission in the test file of its owner. */
  #permitted(charged: Charged, judged: JudgedEvent): JudgedEvent {
    const permission = judged.status === 'violation' && !judged.denied ? this.permissions.use(charged, judged.names ?? []) : null;
    return permission ? { ...judged, status: 'allowed', rule: permission.name } : judged;
  }

  /** A violation may be one of the baseline. */
  #recognized(judged: JudgedEvent): JudgedEvent {
    if (judged.status !== 'violation' || !this.#options.known?.violations.has(judged, judged.names ?? [])) return judged;
    return { ...judged, status: 'known' };
  }

  #chargeQuestion(asked: Asked): void {
    this.names.charged(asked, this.#mayAsk(asked));
    this.#course?.questions.charged(asked.event.seq, asked.owner.scope);
  }

  /** Whether a question may be sent to its name server. */
  #mayAsk({ event, owner, process }: Asked): boolean {
    const call = callOf({ ...event.server, ts: event.ts }, { process, names: [], served: this.#servers.serves });
    const { effect } = this.#options.allowlist.judge(call, owner.scope ? [owner.scope] : owner.candidates);
    return effect === 'allow' || (effect === 'none' && this.permissions.use({ event: event.server, owner }, [], false) !== null);
  }

  #callSoFar(event: EgressEvent): Call {
    const process = this.attribution.processes.processOf(event);
    return callOf(event, { process, names: this.names.soFar(event), served: this.#servers.serves });
  }

  #alert(event: EgressEvent): void {
    if (!this.#listener || this.#options.allowlist.allowsAnyone(this.#callSoFar(event))) return;
    const worker = this.attribution.workerOf(event.tid, event.ts);
    if (worker === null || this.#alerted.has(worker)) return;
    this.#alerted.add(worker);
    this.#listener.onAlert(worker);
  }
}

/** Adds to a list as long as there is room: what does not fit is in the report all the same. */
const append = <Item>(lists: Map<string, Item[]>, key: string, item: Item): void => {
  const list = lists.get(key);
  if (!list) lists.set(key, [item]);
  else if (list.length < mostAnswered) list.push(item);
};

const noNames: readonly string[] = [];
const mostNotices = 1000;
const mostKept = 20_000;
const mostAnswered = 1000;
