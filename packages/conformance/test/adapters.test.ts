import { describe, expect, it } from 'vitest';
import { type Behaviour, behaviours, type Expectation, expectationFor, projectFolder } from '../adapters/behaviour.js';
import { seenByTheUser } from '../adapters/guest.js';
import { cellName, chosenCells, frameworks } from '../adapters/index.js';
import { type Outcome, type ReportScope, runProject } from '../adapters/project.js';

for (const framework of frameworks) {
  for (const cell of chosenCells(framework)) {
    const applies = (behaviour: Behaviour): boolean =>
      projectFolder(behaviour, framework.name) !== null && (behaviour.variants?.[framework.name]?.includes(cell.variant) ?? true);
    describe(cellName(cell), { timeout: 90_000, concurrent: true }, () => {
      it.each(behaviours().filter(applies))('$name', async (behaviour) => {
        const outcome = await runProject(framework, behaviour, cell);
        const wish = expectationFor(behaviour, framework.name);
        expect(seen(wish, outcome), `${outcome.stdout}\n${outcome.stderr}`).toEqual(wanted(wish));
        if (!behaviour.unchanged) return;
        const without = await runProject(framework, { ...behaviour, env: { ...behaviour.env, NETAUDIT: '0' } }, cell);
        expect(seenByTheUser(outcome)).toEqual(seenByTheUser(without));
        expect(Object.values(outcome.files)).not.toContain(null);
      });
    });
  }
}

/** The parts of an outcome that the behaviour says something of, in its own form. */
const seen = (wish: Expectation, outcome: Outcome) => ({
  exitCode: outcome.exitCode,
  verdict: outcome.report?.verdict ?? null,
  passed: outcome.passed,
  failed: [...outcome.failed].sort(),
  owners: wish.owners && ownersOf(outcome),
  candidates: wish.candidates && candidatesOf(outcome),
  usedBy: wish.usedBy && usersOf(outcome),
  stderr: wish.stderr === undefined || outcome.stderr.includes(wish.stderr),
  silent: wish.silent ? !/netaudit/.test(outcome.stderr) : true,
  notices: wish.notices === undefined ? undefined : (outcome.report?.notices?.length ?? 0),
  firstError: wish.firstError === undefined || outcome.firstError?.includes(wish.firstError),
});

const wanted = (wish: Expectation) => ({
  exitCode: wish.exitCode,
  verdict: wish.verdict,
  passed: wish.passed,
  failed: [...wish.failed].sort(),
  owners: wish.owners,
  candidates: wish.candidates,
  usedBy: wish.usedBy,
  stderr: true,
  silent: true,
  notices: wish.notices,
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

const usersOf = (outcome: Outcome) =>
  Object.fromEntries(
    destinations(outcome).map(({ addr, port, scopes }) => [`${addr}:${port}`, scopes.flatMap(({ usedBy = [] }) => usedBy.map(titleOf))]),
  );

/** As reports name a scope, with the file's extension left out: one project serves TypeScript and JavaScript. */
const titleOf = ({ kind, file, names, project }: ReportScope): string => {
  if (kind === 'run') return 'outside any test (run)';
  const path = [`${project ? `|${project}| ` : ''}${file?.replace(/\.[cm]?[jt]s$/, '')}`, ...names].join(' > ');
  return kind === 'test' ? path : `${path} (${kind === 'suite' ? 'suite hooks' : kind})`;
};
