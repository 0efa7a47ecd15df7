import { describe, expect, it } from 'vitest';
import { type Behaviour, behaviours } from '../adapters/behaviour.js';
import { type Outcome, runVitest } from '../adapters/vitest.js';

describe.each(behaviours())('$name', { timeout: 90_000 }, (behaviour) => {
  it.each(behaviour.pools ?? ['forks', 'threads'])('vitest, pool %s', (pool) => {
    const outcome = runVitest(behaviour, pool);
    expect(seen(behaviour, outcome), `${outcome.stdout}\n${outcome.stderr}`).toEqual(wanted(behaviour));
  });
});

/** The parts of an outcome that the behaviour says something of, in its own form. */
const seen = ({ expect: wish }: Behaviour, outcome: Outcome) => ({
  exitCode: outcome.exitCode,
  verdict: outcome.report?.verdict ?? null,
  passed: outcome.passed,
  failed: [...outcome.failed].sort(),
  owners: wish.owners && ownersOf(outcome),
  candidates: wish.candidates && candidatesOf(outcome),
  stderr: wish.stderr === undefined || outcome.stderr.includes(wish.stderr),
  silent: wish.silent ? !/netaudit/.test(outcome.stderr) : true,
  firstError: wish.firstError === undefined || outcome.firstError?.includes(wish.firstError),
});

const wanted = ({ expect: wish }: Behaviour) => ({
  exitCode: wish.exitCode,
  verdict: wish.verdict,
  passed: wish.passed,
  failed: [...wish.failed].sort(),
  owners: wish.owners,
  candidates: wish.candidates,
  stderr: true,
  silent: true,
  firstError: true,
});

const destinations = (outcome: Outcome) => outcome.report?.violations ?? [];

const ownersOf = (outcome: Outcome) =>
  Object.fromEntries(
    destinations(outcome).map(({ addr, port, scopes }) => [
      `${addr}:${port}`,
      scopes.map(({ scope, method, timing, count }) => ({ owner: scope && titleOf(scope), method, timing, count })),
    ]),
  );

const candidatesOf = (outcome: Outcome) =>
  Object.fromEntries(
    destinations(outcome).map(({ addr, port, scopes }) => [
      `${addr}:${port}`,
      [...new Set(scopes.flatMap(({ candidates }) => candidates.map(titleOf)))].sort(),
    ]),
  );

const titleOf = ({
  kind,
  file,
  names,
}: {
  readonly kind: string;
  readonly file: string | null;
  readonly names: readonly string[];
}): string => {
  if (kind === 'run') return 'outside any test (run)';
  const path = [file, ...names].join(' > ');
  return kind === 'test' ? path : `${path} (${kind === 'suite' ? 'suite hooks' : kind})`;
};
