import type { DnsEvent, EgressEvent, Event, MarkerEvent, NotedEvent } from '../model/event.js';
import { decodeStart, type Marker, type MarkerMessage, runName } from '../model/marker.js';
import type { Scope } from '../model/scope.js';
import type { Question } from '../model/session.js';
import { MarkerAssembler } from './assemble.js';
import { Births } from './births.js';
import { type Descent, descentOf } from './descent.js';
import type { AttributionListener } from './listener.js';
import { findOwner, type Knowledge, lookupOf, newRunner, type Runner } from './owner.js';
import { ProcessTree, type Task } from './processes.js';
import { type Asking, nothingAsked, Questions } from './resolver.js';
import { Scopes } from './scopes.js';
import { Timeline } from './timeline.js';

/** An event whose owner is not known yet, as it was when it came. */
type Waiting = {
  readonly event: EgressEvent | NotedEvent | DnsEvent;
  /** µs since the epoch: when it was begun. */
  readonly ts: number;
  readonly task: Task;
  readonly descent: Descent;
  readonly asking: Asking;
};

/** From events in the order of the trace to owners. An event whose owner can not be known yet waits for the stamps of its thread. */
export class Attribution {
  readonly processes = new ProcessTree();
  readonly #assembler: MarkerAssembler;
  readonly #runners = new Map<Task, Runner>();
  readonly #scopes = new Scopes();
  readonly #listener: AttributionListener;
  readonly #questions = new Questions();
  #waiting: Waiting[] = [];
  readonly #births = new Births();
  /** What is still to be known of threads that ran tests and are gone. */
  readonly #past = new Timeline();
  #latest = 0;
  readonly #workerOf = (task: Task): string | undefined => this.#runners.get(task)?.worker;
  /** While no thread runs tests. */
  readonly #untested: Knowledge = this.#knowledge(false);
  /** Whether the marker that starts a run was seen. */
  started = false;

  /** `nonce` null takes the run of the first start marker in the trace, as for a trace that is replayed. */
  constructor(nonce: string | null, listener: AttributionListener) {
    this.#assembler = new MarkerAssembler(nonce === null ? null : runName(nonce), (tid) => listener.onUnfinished?.(tid));
    this.#listener = listener;
  }

  /** What the run is called whose markers count; null while that is not known. */
  get run(): string | null {
    return this.#assembler.run;
  }

  apply(event: Event): void {
    this.#latest = Math.max(this.#latest, event.ts);
    const made = this.processes.apply(event);
    if (made) this.#bear(made);
    else if (event.kind === 'exec') this.#start(event.argv);
    else if (event.kind === 'marker') this.#marker(event);
    else if (event.kind === 'exit') this.#assembler.end(event.tid);
    else if (event.kind === 'dns') this.#ask(event);
    else if (isEgress(event) || event.kind === 'settled' || event.kind === 'blind') this.#charge(event);
  }

  /** The task of a call at `ts` whose owner depends on nothing but the task, as nobody runs tests; null where that is not sure. Charging it changes nothing. */
  untestedTask(tid: number, ts: number): Task | null {
    if (!this.#isUntested()) return null;
    this.#latest = Math.max(this.#latest, ts);
    return this.processes.knownTask(tid);
  }

  /** A thread asks beside the trace: it has sent all its stamps, and all that it made before is in the trace. */
  asked({ worker, n, scope, at }: Question): void {
    const runner = this.#runnerNamed(worker);
    if (!runner) return;
    this.#reach(runner, at, at);
    this.#retry(false);
    this.#listener.onSync({ worker, n, scope });
  }

  /** Charges what still waits, by what is known. */
  finish(): void {
    this.#assembler.finish();
    this.#retry(true);
  }

  /** The file that answers to the test thread at the root of `tid` go to, null when there is none. */
  workerOf(tid: number, ts: number): string | null {
    let task: Task | null = this.processes.taskOf(tid, ts);
    while (task && !this.#runners.has(task)) task = task.parent;
    return task ? (this.#runners.get(task)?.worker ?? null) : null;
  }

  /** Whether a living thread said that it runs tests under this name. */
  hasWorker(worker: string): boolean {
    return this.#runnerNamed(worker) !== undefined;
  }

  /** How often a scope has begun, over all threads. */
  attemptsOf(scope: string): number {
    return this.#timelines().reduce((sum, timeline) => sum + timeline.attemptsUntil(scope, Number.POSITIVE_INFINITY), 0);
  }

  #start(argv: readonly string[] | null): void {
    const run = decodeStart(argv?.[3] ?? '');
    if (run === null || this.started) return;
    this.#assembler.run ??= run;
    this.started = this.#assembler.run === run;
  }

  #ask(event: DnsEvent): void {
    this.#questions.ask(this.processes.taskOf(event.tid, event.ts), event);
    if (!event.answer) this.#charge(event);
  }

  #charge(event: Waiting['event']): void {
    const task = this.processes.taskOf(event.tid, event.ts);
    const ts = event.kind === 'settled' ? event.ts - event.took : event.ts;
    const descent = descentOf(task, ts, this.#workerOf);
    const waiting: Waiting = { event, ts, task, descent, asking: this.#askingOf(task, event) };
    if (this.#isUntested() && this.#tryToCharge(waiting, this.#untested)) return;
    this.#waiting.push(waiting);
    if (this.#runners.size === 0 || this.#waiting.length === 1) this.#retry(false);
    if (this.#waiting.length >= mostWaiting) this.#retry(false, mostWaiting / 2);
  }

  #isUntested(): boolean {
    return this.#runners.size === 0 && this.#waiting.length === 0 && this.#births.count === 0;
  }

  /** Who made a task is known at once, or with the next stamps of the thread that did. */
  #bear(task: Task): void {
    if (this.#births.add(task)) this.#births.settle(this.#knowledge(false));
    if (this.#births.count >= mostWaiting) this.#births.settle(this.#knowledge(true));
  }

  #askingOf(task: Task, event: Waiting['event']): Asking {
    if (event.kind === 'dns') return { question: { name: event.question.name, ts: event.ts }, sure: true };
    return isEgress(event) ? this.#questions.partOf(task, event) : nothingAsked;
  }

  #marker(event: MarkerEvent): void {
    const marker = this.#assembler.add(event.tid, event.path);
    if (marker === 'pending') return;
    if ('forged' in marker) this.#listener.onForged(`${marker.forged} (pid ${event.pid})`);
    else this.#take(event, marker);
  }

  #take(event: MarkerEvent, marker: Marker): void {
    const task = this.processes.taskOf(event.tid, event.ts);
    for (const message of marker.messages) this.#say(task, event, message);
    const runner = this.#runners.get(task);
    if (runner) this.#reach(runner, marker.at, event.ts);
    this.#retry(false);
    for (const message of marker.messages) {
      if (message.kind === 'use' && runner) this.#use(task, message);
      if (message.kind === 'sync' && runner) this.#listener.onSync({ worker: runner.worker, n: message.n, scope: message.scope });
    }
  }

  /** All stamps of the thread up to `at`, by its clock, are known. Its marker at `ts` comes after those before it, unless the clock was set back. */
  #reach(runner: Runner, at: number, ts: number): void {
    const back = runner.timeline.horizon - Math.max(at, ts);
    runner.timeline.horizon = Math.max(runner.timeline.horizon, at);
    if (back > clockError) this.#listener.onSetBack?.(back);
  }

  #say(task: Task, event: MarkerEvent, message: MarkerMessage): void {
    const runner = this.#runners.get(task);
    switch (message.kind) {
      case 'hello':
        if (!runner) this.#addRunner(task, event.ts, message.worker);
        return;
      case 'scope':
        this.#addScope(message.scope);
        this.#listener.onScope?.(message.scope);
        return;
      case 'stamp':
        if (runner) this.#stamp(runner, message);
        return;
      case 'context':
        runner?.timeline.context(message.scope, event.ts);
        return;
      case 'lookup':
        runner?.lookups.begin(message.n, message.name, message.scope, message.at);
        return;
      case 'lookedUp':
        runner?.lookups.end(message.n, message.at);
        return;
      case 'origin':
        this.#listener.onOrigin(message.event, message.origin);
        return;
      case 'notice':
        this.#listener.onNotice(message.text);
        return;
      case 'permit': {
        const scope = this.#scopes.get(message.scope);
        if (scope) this.#listener.onPermit?.(scope, message.permissions);
        return;
      }
      case 'resolved':
        this.#listener.onResolved?.(event.pid, message);
        return;
      case 'use':
      case 'sync':
        return;
    }
  }

  #addRunner(task: Task, ts: number, worker: string): void {
    this.#runners.set(task, newRunner(task, ts, worker));
    this.#listener.onRunner?.(worker, { pid: task.process.pid, tid: task.tid }, ts);
  }

  #stamp({ timeline, worker }: Runner, { scope: id, open, at }: Extract<MarkerMessage, { kind: 'stamp' }>): void {
    timeline.stamp(id, open, at);
    const scope = this.#scopes.get(id);
    if (scope) this.#listener.onStamp?.(worker, scope, open, at);
  }

  #use({ tid }: Task, { scope: id, from, to }: Extract<MarkerMessage, { kind: 'use' }>): void {
    const scope = this.#scopes.get(id);
    if (scope) this.#listener.onUsed({ tid, from, to, scope });
  }

  #knowledge(final: boolean): Knowledge {
    return {
      runners: [...this.#runners.values()],
      runnerOf: (task) => this.#runners.get(task),
      scope: (id) => this.#scopes.get(id),
      past: this.#past,
      heir: (task) => this.#births.heirOf(task),
      final,
    };
  }

  /** Charges what can be charged. `final`: all of it; `forced`: so many of the oldest, by what is known. */
  #retry(final: boolean, forced = 0): void {
    const knowledge = this.#knowledge(final);
    const by = forced > 0 ? this.#knowledge(true) : knowledge;
    this.#births.settle(by);
    this.#waiting = this.#waiting.filter((waiting, index) => !this.#tryToCharge(waiting, index < forced ? by : knowledge));
    this.#forget(knowledge.runners);
  }

  #tryToCharge({ event, ts, task, descent, asking }: Waiting, knowledge: Knowledge): boolean {
    const call = { task, ts, asking };
    const owner = findOwner(call, knowledge);
    if (!owner) return false;
    if (event.kind === 'dns') this.#listener.onAsked?.({ event, owner, process: descent.process });
    else if (!isEgress(event)) this.#listener.onNoted?.({ event, owner, process: descent.process });
    else {
      const { process, chain, begun } = descent;
      this.#listener.onCharged({ event, owner, process, descent: { process, chain, begun: lookupOf(call, knowledge) ?? begun } });
    }
    return true;
  }

  /** Lets go of what only calls would need that were made before all that still wait. */
  #forget(runners: readonly Runner[]): void {
    const since = Math.min(...this.#waiting.map(({ ts }) => ts));
    for (const { lookups } of runners) lookups.forget(since);
    const needed = Math.min(since, this.#births.since, this.#latest) - marginMicros;
    for (const { task, timeline } of runners) {
      timeline.forget(needed);
      if (task.alive || task.died >= needed) continue;
      this.#past.absorb(timeline);
      this.#runners.delete(task);
    }
  }

  /** What is begun by code of a forgotten scope later is charged to nobody. */
  #addScope(scope: Scope): void {
    const timelines = this.#timelines();
    const forgotten = this.#scopes.add(scope, (id) => timelines.some((timeline) => timeline.isOpen(id)));
    if (forgotten === null) return;
    for (const timeline of timelines) timeline.forgetScope(forgotten);
    this.#listener.onForgotten?.(forgotten);
  }

  #runnerNamed(worker: string): Runner | undefined {
    return [...this.#runners.values()].find((one) => one.worker === worker);
  }

  #timelines(): Timeline[] {
    return [this.#past, ...[...this.#runners.values()].map(({ timeline }) => timeline)];
  }
}

const isEgress = (event: Event): event is EgressEvent => event.kind === 'connect' || event.kind === 'send';

/** So many events wait at most for the stamps of their threads. */
const mostWaiting = 50_000;
/** Lines of a trace that belong together may be some way apart. */
const marginMicros = 10e6;
/** A thread's clock and that of its tracer agree by far less. */
const clockError = 50_000;
