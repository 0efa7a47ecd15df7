import type { AllowList } from '../allowlist/allowlist.js';
import type { Rule } from '../allowlist/rule.js';
import { type Asked, Attribution, type AttributionListener, type Charged, type Use } from '../attribution/attribution.js';
import type { Descent } from '../attribution/descent.js';
import type { Findings } from '../findings/findings.js';
import { blindSpotText, isAcceptable } from '../model/blind-spot.js';
import type { BlindEvent, EgressEvent, Event } from '../model/event.js';
import type { Origin } from '../model/origin.js';
import type { JudgedEvent, ProcessInfo } from '../model/report.js';
import type { BegunEvent } from '../model/session.js';
import { Gaps } from './gaps.js';
import { judge } from './judge.js';
import { Names } from './names.js';
import { Outcomes } from './outcomes.js';
import { Permissions } from './permissions.js';

export type PipelineOptions = {
  readonly allowlist: AllowList;
  /** The run's nonce; null takes the one in the trace. */
  readonly nonce: string | null;
  /** Keep allowed events too, for a verbose report. */
  readonly keepAll: boolean;
  /** The detectors of the run, which its other traces share. */
  readonly findings: Findings;
};

/** A question of a test thread. */
export type SyncRequest = { readonly worker: string; readonly n: number; readonly scope: string };

/** A violation with the processes from that of the test down to its own. */
export type ChargedViolation = JudgedEvent & { readonly chain: readonly ProcessInfo[] };

export type PipelineListener = {
  /** A test thread waits for what was charged to `scope` since it last asked; `begun`: what that thread began since then, of any scope. */
  onSync(request: SyncRequest, violations: readonly ChargedViolation[], begun: readonly BegunEvent[]): void;
  /** Something that no rule allows was seen below the test thread `worker`, perhaps before its owner is known. */
  onAlert(worker: string): void;
};

/** Events in, judged events and gaps out: the same for a live trace and for one that is replayed. */
export class Pipeline {
  readonly gaps = new Gaps();
  /** What adapters could not do, each once. */
  readonly notices = new Set<string>();
  readonly attribution: Attribution;
  readonly permissions = new Permissions();
  readonly names = new Names();
  readonly #options: PipelineOptions;
  readonly #listener: PipelineListener | null;
  readonly #judged: JudgedEvent[] = [];
  readonly #unasked = new Map<string, ChargedViolation[]>();
  readonly #begun = new Map<string, BegunEvent[]>();
  readonly #outcomes = new Outcomes();
  readonly #origins = new Map<number, Origin>();
  /** Rules that allowed something. */
  readonly usedRules = new Set<Rule>();
  /** Events of any kind. */
  count = 0;

  constructor(options: PipelineOptions, listener: PipelineListener | null) {
    this.#options = options;
    this.#listener = listener;
    this.attribution = new Attribution(options.nonce, this.#attributionListener());
  }

  push(event: Event): void {
    this.count += 1;
    if (event.kind === 'blind') this.#blind(event);
    if (this.#options.keepAll) this.#outcomes.take(event);
    if (event.kind === 'unread') this.gaps.push({ kind: 'unread', reason: event.reason, line: event.line });
    else if (event.kind === 'lost') this.gaps.push({ kind: 'lost', reason: event.reason });
    this.names.apply(event);
    this.attribution.apply(event);
    this.#options.findings.seen(event, () => this.attribution.processes.processOf(event));
    if (event.kind === 'connect' || event.kind === 'send') this.#alert(event);
  }

  finish(): void {
    this.attribution.finish();
  }

  /** What was judged so far, with the origins that are known by now. */
  get judged(): readonly JudgedEvent[] {
    return this.#judged.map((judged) => ({
      ...judged,
      origin: this.#origins.get(judged.event.seq) ?? null,
      ...this.#outcomes.of(judged.event),
    }));
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
        this.#listener?.onSync(request, violations, begun);
      },
      onOrigin: (seq, origin) => void this.#origins.set(seq, origin),
      onUsed: (use) => this.#use(use),
      onForged: (reason) => void this.gaps.push({ kind: 'forged', reason }),
      onNotice: (text) => void this.notices.add(text),
      onPermit: (scope, permissions) => this.permissions.state(scope, permissions),
      onResolved: (pid, name, addresses) => this.names.lookedUp(pid, name, addresses),
      onAsked: (asked) => this.names.charged(asked, this.#mayAsk(asked)),
    };
  }

  #judge(charged: Charged): void {
    const rule = this.#options.allowlist.decide(charged.event);
    if (rule) this.usedRules.add(rule);
    const names = this.names.of(charged.event);
    const judged = this.#permitted(charged, { ...judge(charged, rule), ...(names.length > 0 && { names }) });
    this.#options.findings.charged({ judged, origin: () => this.#origins.get(judged.event.seq) ?? null });
    if (judged.status === 'violation' || this.#options.keepAll) this.#judged.push(judged);
    if (judged.status === 'violation') this.#keep(judged, charged.descent);
  }

  /** For the questions that will come. */
  #keep(judged: JudgedEvent, { chain, begun }: Descent): void {
    const { owner, event } = judged;
    if (owner.scope) append(this.#unasked, owner.scope.id, { ...judged, chain });
    if (begun) append(this.#begun, begun.worker, { seq: event.seq, begunAt: begun.at });
  }

  /** Anything may have happened there, unless the user accepts it by name. */
  #blind({ spot, pid }: BlindEvent): void {
    if (!isAcceptable(spot) || this.#options.allowlist.acceptBlindSpots.includes(spot)) return;
    this.gaps.push({ kind: 'lost', reason: `${blindSpotText(spot)} (pid ${pid})` });
  }

  /** A connection is opened before it is used, so the latest comes first. One that is not kept is allowed. */
  #use({ tid, from, to, scope }: Use): void {
    const at = this.#judged.findLastIndex(({ event }) => event.tid === tid && event.kind === 'connect' && from < event.ts && event.ts < to);
    const judged = this.#judged[at];
    if (!judged || judged.owner.scope?.id === scope.id) return;
    this.#judged[at] = { ...judged, usedBy: [...(judged.usedBy ?? []), scope] };
  }

  /** A violation may have a permission in the test file of its owner. */
  #permitted(charged: Charged, judged: JudgedEvent): JudgedEvent {
    const permission = judged.status === 'violation' ? this.permissions.use(charged, judged.names ?? []) : null;
    return permission ? { ...judged, status: 'allowed', rule: permission.name } : judged;
  }

  /** Whether a question may be sent to its name server. */
  #mayAsk({ event, owner }: Asked): boolean {
    return (
      this.#options.allowlist.decide(event.server) !== null || this.permissions.use({ event: event.server, owner }, [], false) !== null
    );
  }

  #alert(event: EgressEvent): void {
    if (!this.#listener || this.#options.allowlist.decide(event)) return;
    const worker = this.attribution.workerOf(event.tid, event.ts);
    if (worker !== null) this.#listener.onAlert(worker);
  }
}

const append = <Item>(lists: Map<string, Item[]>, key: string, item: Item): void => {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
};
