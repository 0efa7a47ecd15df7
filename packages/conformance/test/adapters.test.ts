import { describe, expect, it } from 'vitest';
import { appliesTo, type Behaviour, behaviours, type Expectation, expectationFor } from '../adapters/behaviour.js';
import { seenByTheUser } from '../adapters/guest.js';
import { cellName, chosenCells, frameworks } from '../adapters/index.js';
import { type Outcome, type ReportScope, runProject } from '../adapters/project.js';

for (const framework of frameworks) {
  for (const cell of chosenCells(framework)) {
    const applies = (behaviour: Behaviour): boolean =>
      appliesTo(behaviour, framework.name) &&
      (behaviour.variants?.[framework.name]?.includes(cell.variant) ?? true) &&
      (behaviour.installs?.[framework.name]?.includes(cell.install ?? '') ?? true);
    describe(cellName(cell), { timeout: 90_000, concurrent: true, retry: 1 }, () => {
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
  passed: wish.passed === undefined ? undefined : outcome.passed,
  failed: wish.failed && [...outcome.failed].sort(),
  failedFiles: wish.failedFiles && outcome.failedFiles,
  owners: wish.owners && ownersOf(outcome),
  candidates: wish.candidates && candidatesOf(outcome),
  astray: wish.among && astray(wish.among, outcome),
  usedBy: wish.usedBy && usersOf(outcome),
  sites: wish.sites && sitesOf(outcome, wish.sites),
  attempts: wish.attempts && attemptsOf(outcome),
  permissions: wish.permissions && permissionsOf(outcome),
  stderr: wish.stderr === undefined || outcome.stderr.includes(wish.stderr),
  silent: wish.silent ? !/netaudit/.test(outcome.stderr) : true,
  notices: wish.notices === undefined ? undefined : (outcome.report?.notices?.length ?? 0),
  gaps: wish.gaps && gapsOf(outcome),
  firstError: wish.firstError === undefined || outcome.firstError?.includes(wish.firstError),
});

const wanted = (wish: Expectation) => ({
  exitCode: wish.exitCode,
  verdict: wish.verdict,
  passed: wish.passed,
  failed: wish.failed && [...wish.failed].sort(),
  failedFiles: wish.failedFiles,
  owners: wish.owners && Object.fromEntries(Object.entries(wish.owners).map(([destination, owners]) => [destination, inOrder(owners)])),
  candidates: wish.candidates,
  astray: wish.among && [],
  usedBy: wish.usedBy,
  sites: wish.sites,
  attempts: wish.attempts,
  permissions: wish.permissions,
  stderr: true,
  silent: true,
  notices: wish.notices,
  gaps: wish.gaps,
  firstError: true,
});

const destinations = (outcome: Outcome) => outcome.report?.violations ?? [];

const ownersOf = (outcome: Outcome) =>
  Object.fromEntries(
    destinations(outcome).map(({ addr, port, scopes }) => [
      `${addr}:${port}`,
      inOrder(scopes.map(({ scope, method, timing, count }) => ({ owner: scope && titleOf(scope), method, timing, count }))),
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

const gapsOf = ({ report }: Outcome) => {
  const counts: Record<string, number> = {};
  for (const { kind, count = 1 } of report?.gaps ?? []) counts[kind] = (counts[kind] ?? 0) + count;
  return counts;
};

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

const inOrder = <Item>(items: readonly Item[]): Item[] =>
  [...items].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

/** What is named wrongly or not at all, one line each. */
const astray = (among: NonNullable<Expectation['among']>, outcome: Outcome): string[] => {
  const found = new Map(destinations(outcome).map(({ addr, port, scopes }) => [`${addr}:${port}`, scopes]));
  const unexpected = [...found.keys()].filter((destination) => !among[destination]).map((destination) => `${destination} is not expected`);
  const wrong = Object.entries(among).flatMap(([destination, right]) => {
    const scopes = found.get(destination) ?? [];
    const sure = scopes.flatMap(({ scope }) => (scope ? [titleOf(scope)] : []));
    const named = new Set([...sure, ...scopes.flatMap(({ candidates }) => candidates.map(titleOf))]);
    return [
      ...sure.filter((title) => !right.includes(title)).map((title) => `${destination} is not of ${title}`),
      ...right.filter((title) => !named.has(title)).map((title) => `${destination} does not name ${title}`),
    ];
  });
  return [...unexpected, ...wrong];
};

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
