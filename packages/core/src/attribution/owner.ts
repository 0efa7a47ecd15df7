import type { Owner, Scope, Timing } from '../model/scope.js';
import type { Task } from './processes.js';
import type { Timeline } from './timeline.js';

/** A thread that runs tests, from the time it said so. */
export type Runner = { readonly task: Task; readonly since: number; readonly worker: string; readonly timeline: Timeline };

/** What is known of scopes when an owner is looked for. `final`: nothing more will come, so nothing is waited for. */
export type Knowledge = {
  readonly runners: readonly Runner[];
  readonly runnerOf: (task: Task) => Runner | undefined;
  readonly scope: (id: string) => Scope | undefined;
  readonly final: boolean;
};

/** The scope of a call made outside all others. */
const runScope: Scope = { id: 'run', kind: 'run', file: null, names: [] };

/** Who owns a call that `task` makes at `ts` (µs since the epoch); null while a thread still owes its stamps up to then. */
export const findOwner = (task: Task, ts: number, knowledge: Knowledge): Owner | null => {
  const own = knowledge.runnerOf(task);
  if (own && ts >= own.since) return ownerOnRunner(own, ts, knowledge);
  const peers = isThread(task) ? knowledge.runners.filter((runner) => runner.task.process === task.process) : [];
  if (peers.some((runner) => task.born < runner.since)) return ownerOnServiceThread(peers, ts, knowledge);
  if (!task.parent) return certain(runScope, 'lineage', null);
  const inherited = findOwner(task.parent, task.born, knowledge);
  return inherited && withTiming(inherited, isThread(task) ? 'late' : 'detached', ts, knowledge);
};

const isThread = (task: Task): boolean => task.tid !== task.process.pid;

/** On the thread itself: the context it named, else the only test that was open. */
const ownerOnRunner = (runner: Runner, ts: number, knowledge: Knowledge): Owner | null => {
  const context = runner.timeline.contextAt(ts);
  const named = context === null ? undefined : knowledge.scope(context);
  if (named) return withTiming(certain(named, 'context', null), 'late', ts, knowledge);
  if (owesStamps(runner, ts, knowledge)) return null;
  const open = innermost(runner, ts, knowledge);
  const [only] = open;
  return open.length > 1 ? undecided(open) : certain(only ?? runScope, 'lineage', null);
};

/**
 * A thread older than the tests of its process (libuv's pool, say) works for any of them: all that are open are candidates, one alone too,
 * as the work may have been begun by a test that has ended.
 */
const ownerOnServiceThread = (runners: readonly Runner[], ts: number, knowledge: Knowledge): Owner | null => {
  if (runners.some((runner) => runner.since <= ts && owesStamps(runner, ts, knowledge))) return null;
  const open = runners.filter((runner) => runner.since <= ts).flatMap((runner) => innermost(runner, ts, knowledge));
  return open.length === 0 ? certain(runScope, 'none', null) : undecided(open);
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
  const ended = knowledge.runners.some((runner) => {
    const end = runner.timeline.endOf(scope.id);
    return end !== null && end < ts;
  });
  return ended ? { ...owner, timing: owner.timing ?? timing } : owner;
};
