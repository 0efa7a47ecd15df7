import { describe, expect, it } from 'vitest';
import { type Behaviour, behaviours, type Expectation, expectationFor, projectFolder } from '../adapters/behaviour.js';
import { cellName, chosenCells, frameworks } from '../adapters/index.js';
import { type Outcome, type ReportScope, runProject } from '../adapters/project.js';

for (const framework of frameworks) {
  for (const cell of chosenCells(framework)) {
    const applies = (behaviour: Behaviour): boolean =>
      projectFolder(behaviour, framework.name) !== null &&
      (behaviour.variants?.[framework.name]?.includes(cell.variant) ?? true) &&
      (behaviour.installs?.[framework.name]?.includes(cell.install ?? '') ?? true);
    describe(cellName(cell), { timeout: 90_000, concurrent: true }, () => {
      it.each(behaviours().filter(applies))('$name', async (behaviour) => {
        const outcome = await runProject(framework, behaviour, cell);
        const wish = expectationFor(behaviour, framework.name);
        expect(seen(wish, outcome), `${outcome.stdout}\n${outcome.stderr}`).toEqual(wanted(wish));
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
  sites: wish.sites && sitesOf(outcome, wish.sites),
  attempts: wish.attempts && attemptsOf(outcome),
  permissions: wish.permissions && permissionsOf(outcome),
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
  sites: wish.sites,
  attempts: wish.attempts,
  permissions: wish.permissions,
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

/** Each line of source as the wish says it, where it holds the wished part. */
const sitesOf = ({ sites }: Outcome, wish: NonNullable<Expectation['sites']>) =>
  Object.fromEntries(
    Object.entries(sites).map(([destination, lines]) => [
      destination,
      lines.map((line, index) => {
        const part = wish[destination]?.[index];
        return part !== undefined && line.includes(part) ? part : line;
      }),
    ]),
  );

const attemptsOf = (outcome: Outcome) => {
  const together = destinations(outcome).filter(({ attempts }) => attempts.length > 0);
  return Object.fromEntries(
    together.map(({ host, attempts }) => [
      host,
      destinations(outcome).flatMap(({ id, addr, port }) => (attempts.includes(id) ? [`${addr}:${port}`] : [])),
    ]),
  );
};

const permissionsOf = ({ report }: Outcome) =>
  Object.fromEntries(report?.inlinePermissions.map(({ covers, target, used }) => [`${covers} ${target}`, used]) ?? []);

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
