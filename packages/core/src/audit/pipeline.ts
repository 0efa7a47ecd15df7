import type { AllowList } from '../allowlist/allowlist.js';
import type { Rule } from '../allowlist/rule.js';
import { Attribution, type AttributionListener, type Charged } from '../attribution/attribution.js';
import type { EgressEvent, Event } from '../model/event.js';
import type { Gap, JudgedEvent } from '../model/report.js';
import { judge } from './judge.js';

export type PipelineOptions = {
  readonly allowlist: AllowList;
  /** The run's nonce; null takes the one in the trace. */
  readonly nonce: string | null;
  /** Keep allowed events too, for a verbose report. */
  readonly keepAll: boolean;
};

export type PipelineListener = {
  /** A test thread waits for what was charged to `scope` since it last asked. */
  onSync(request: { readonly worker: string; readonly n: number; readonly scope: string }, violations: readonly JudgedEvent[]): void;
  /** Something that no rule allows was seen below the test thread `worker`, perhaps before its owner is known. */
  onAlert(worker: string): void;
};

/** Events in, judged events and gaps out: the same for a live trace and for one that is replayed. */
export class Pipeline {
  readonly judged: JudgedEvent[] = [];
  readonly gaps: Gap[] = [];
  readonly attribution: Attribution;
  readonly #options: PipelineOptions;
  readonly #listener: PipelineListener | null;
  readonly #unasked = new Map<string, JudgedEvent[]>();
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
    if (event.kind === 'unread') this.gaps.push({ kind: 'unread', reason: event.reason, line: event.line });
    else if (event.kind === 'lost') this.gaps.push({ kind: 'lost', reason: event.reason });
    this.attribution.apply(event);
    if (event.kind === 'connect' || event.kind === 'send') this.#alert(event);
  }

  finish(): void {
    this.attribution.finish();
  }

  #attributionListener(): AttributionListener {
    return {
      onCharged: (charged) => this.#judge(charged),
      onSync: (request) => {
        const violations = this.#unasked.get(request.scope) ?? [];
        this.#unasked.delete(request.scope);
        this.#listener?.onSync(request, violations);
      },
      onForged: (reason) => void this.gaps.push({ kind: 'forged', reason }),
    };
  }

  #judge(charged: Charged): void {
    const rule = this.#options.allowlist.decide(charged.event);
    if (rule) this.usedRules.add(rule);
    const judged = judge(charged, rule);
    if (judged.status === 'violation' || this.#options.keepAll) this.judged.push(judged);
    if (judged.status !== 'violation' || !judged.owner.scope) return;
    const id = judged.owner.scope.id;
    this.#unasked.set(id, [...(this.#unasked.get(id) ?? []), judged]);
  }

  #alert(event: EgressEvent): void {
    if (!this.#listener || this.#options.allowlist.decide(event)) return;
    const worker = this.attribution.workerOf(event.tid, event.ts);
    if (worker !== null) this.#listener.onAlert(worker);
  }
}
