import type { Owner, Scope, Timing } from '../model/scope.js';
import { type Lookup, Lookups, mayAsk } from './lookups.js';
import type { Task } from './processes.js';
import { type Asking, nothingAsked } from './resolver.js';
import { Timeline } from './timeline.js';

/** A thread that runs tests, from the time it said so. */
export type Runner = {
  readonly task: Task;
  readonly since: number;
  readonly worker: string;
  readonly timeline: Timeline;
  readonly lookups: Lookups;
};

export const newRunner = (task: Task, since: number, worker: string): Runner => ({
  task,
  since,
  worker,
  timeline: new Timeline(),
  lookups: new Lookups(),
});

/** What an owner is looked for: a call at `ts` (µs since the epoch), and what it has to do with a question of DNS. */
export type Call = { readonly task: Task; readonly ts: number; readonly asking: Asking };

/** What is known of scopes when an owner is looked for. `final`: nothing more will come, so nothing is waited for. */
export type Knowledge = {
  readonly runners: readonly Runner[];
  readonly runnerOf: (task: Task) => Runner | undefined;
  readonly scope: (id: string) => Scope | undefined;
  /** Begins and ends on threads that are gone. */
  readonly past: Timeline;
  /** Who owns what a task does where the task itself does not tell, by who made it; null while that is not known. */
  readonly heir: (task: Task) => Owner | null;
  readonly final: boolean;
};

/** The scope of a call made outside all others. */
const runScope: Scope = { id: 'run', kind: 'run', file: null, names: [] };

const ownerIsRun: Owner = { method: 'lineage', scope: runScope, candidates: [], timing: null };

/** Who owns a call; null while a thread still owes its stamps up to then, or its question. */
export const findOwner = (call: Call, knowledge: Knowledge): Owner | null => {
  const { task, ts } = call;
  const own = knowledge.runnerOf(task);
  if (own && ts >= own.since) return ownerOnRunner(own, ts, knowledge);
  const peers =
    isThread(task) && knowledge.runners.length > 0 ? knowledge.runners.filter((runner) => runner.task.process === task.process) : [];
  if (peers.some((runner) => task.born < runner.since)) return ownerOnServiceThread(peers, call, knowledge);
  const inherited = knowledge.heir(task) ?? (task.parent ? null : ownerIsRun);
  return inherited && withTiming(inherited, isThread(task) ? 'late' : 'detached', ts, knowledge);
};

/** The owner of the call that made a task. */
export const ownerOfBirth = ({ parent, born }: Task, knowledge: Knowledge): Owner | null =>
  parent ? findOwner({ task: parent, ts: born, asking: nothingAsked }, knowledge) : ownerIsRun;

const isThread = (task: Task): boolean => task.tid !== task.process.pid;

/** On the thread itself: the context it named, else the only test that was open. */
const ownerOnRunner = (runner: Runner, ts: number, knowledge: Knowledge): Owner | null => {
  const context = runner.timeline.contextAt(ts);
  const named = context === null ? undefined : knowledge.scope(context);
  if (context !== null && !named) return certain(runScope, 'none', null);
  if (named) return withTiming(inAttempt(certain(named, 'context', null), runner, ts), 'late', ts, knowledge);
  if (owesStamps(runner, ts, knowledge)) return null;
  if (runner.timeline.hasForgotten(ts)) return certain(runScope, 'none', null);
  const open = innermost(runner, ts, knowledge);
  const [only] = open;
  return open.length > 1 ? undecided(open) : inAttempt(certain(only ?? runScope, 'lineage', null), runner, ts);
};

/** A test that is retried or repeated begins again, on the same thread. */
const inAttempt = (owner: Owner, runner: Runner, ts: number): Owner =>
  owner.scope?.kind === 'test' ? { ...owner, attempt: runner.timeline.attemptsUntil(owner.scope.id, ts) || undefined } : owner;

/**
 * A thread older than the tests of its process (libuv's pool, say) works for any of them. What asks for a host name belongs to who looked
 * it up; else all that are open are candidates, one alone too, as the work may have been begun by a test that has ended.
 */
const ownerOnServiceThread = (peers: readonly Runner[], call: Call, knowledge: Knowledge): Owner | null => {
  const { ts } = call;
  const runners = peers.filter((runner) => runner.since <= ts);
  const asker = ownerByQuestion(runners, call, knowledge);
  if (asker) return asker === 'unknown yet' ? null : asker;
  if (runners.some((runner) => owesStamps(runner, ts, knowledge))) return null;
  const open = runners.flatMap((runner) => innermost(runner, ts, knowledge));
  return open.length === 0 ? certain(runScope, 'none', null) : undecided(open);
};

/** Who looked up the name that is asked for, from the call to the question; null when that can not be told. */
const ownerByQuestion = (runners: readonly Runner[], call: Call, knowledge: Knowledge): Owner | 'unknown yet' | null => {
  const { ts } = call;
  const { question, sure } = call.asking;
  if (question === null) return null;
  const [from, to] = question === 'awaited' ? [ts, ts] : [Math.min(ts, question.ts), Math.max(ts, question.ts)];
  if (runners.some((runner) => tellsLookupsLater(runner) && owesStamps(runner, to, knowledge))) return 'unknown yet';
  const lookups = runners.flatMap((runner) => runner.lookups.during(from, to));
  if (question === 'awaited') return lookups.some(goesOn) && call.task.alive && !knowledge.final ? 'unknown yet' : null;
  const asking = lookups.filter((lookup) => mayAsk(lookup.name, question.name));
  return asking.length === 0 ? null : ownerOf(sure ? asking : lookups, ts, knowledge);
};

/** When, and in which worker, the one look-up began that a call is part of; null where there is none, or it could be another. */
export const lookupOf = ({ task, ts, asking: { question, sure } }: Call, { runners }: Knowledge): { worker: string; at: number } | null => {
  if (question === null || question === 'awaited' || !sure) return null;
  const [from, to] = [Math.min(ts, question.ts), Math.max(ts, question.ts)];
  const [only, ...others] = runners
    .filter((runner) => runner.task.process === task.process)
    .flatMap(({ worker, lookups }) => lookups.during(from, to).map((lookup) => ({ worker, lookup })))
    .filter(({ lookup }) => mayAsk(lookup.name, question.name));
  return only && others.length === 0 ? { worker: only.worker, at: only.lookup.from } : null;
};

const goesOn = (lookup: Lookup): boolean => lookup.to === Number.POSITIVE_INFINITY;

/** Only the first thread of a process has libuv's pool to itself, and may keep its look-ups with its stamps. */
const tellsLookupsLater = (runner: Runner): boolean => !isThread(runner.task);

const ownerOf = (lookups: readonly Lookup[], ts: number, knowledge: Knowledge): Owner | null => {
  const ids = new Set(lookups.map((lookup) => lookup.scope));
  const scopes = [...ids].flatMap((id) => (id === null ? [] : (knowledge.scope(id) ?? [])));
  const [only] = scopes;
  if (only === undefined || scopes.length < ids.size) return null;
  return scopes.length > 1 ? undecided(scopes) : withTiming(certain(only, 'context', null), 'late', ts, knowledge);
};

const owesStamps = (runner: Runner, ts: number, knowledge: Knowledge): boolean =>
  !knowledge.final && runner.task.alive && runner.timeline.horizon < ts;

/** The tests open at `ts`, or else the innermost other scope. */
const innermost = (runner: Runner, ts: number, knowledge: Knowledge): readonly Scope[] => {
  const open = runner.timeline.openAt(ts).flatMap((id) => knowledge.scope(id) ?? []);
  const tests = open.filter((scope) => scope.kind === 'test');
  return tests.length > 0 ? tests : open.slice(-1);
};

const certain = (scope: Scope, method: 'context' | 'lineage' | 'none', timing: Timing): Owner => ({
  method,
  scope,
  candidates: [],
  timing,
});

const undecided = (candidates: readonly Scope[]): Owner => ({ method: 'ambiguous', scope: null, candidates, timing: null });

/** Marks what happens after its owner's own end. */
const withTiming = (owner: Owner, timing: Timing, ts: number, knowledge: Knowledge): Owner => {
  const scope = owner.scope;
  if (!scope) return owner;
  const endedOn = (timeline: Timeline): boolean => {
    const end = timeline.endOf(scope.id);
    return end !== null && end < ts;
  };
  const ended = endedOn(knowledge.past) || knowledge.runners.some((runner) => endedOn(runner.timeline));
  return ended ? { ...owner, timing: owner.timing ?? timing } : owner;
};
