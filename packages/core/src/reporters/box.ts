import { counted } from '../model/count.js';
import { placeText } from '../model/destination.js';
import { type Origin, originText } from '../model/origin.js';
import { printable } from '../model/printable.js';
import type { NearestRule, Report, Violation, ViolationScope } from '../model/report.js';
import { overviewLines } from './overview.js';
import { listed, ownerText, usersText } from './owner.js';
import { plain, type Style } from './style.js';

/** The violations in a box: each with whose it was, from which code, and the rule that nearly allows it. Of very many an overview, and the first. */
export const violationBox = ({ violations, omitted }: Report, style: Style, width: number | null): string[] => {
  const border = style.red('='.repeat(Math.min(60, width ?? 60)));
  const count = counted(violations.length, 'violation');
  const isMany = violations.length > MANY;
  const shown = shownOf(violations);
  const more = [
    ...moreText(violations.length - shown.length, 'violations; --format json lists them'),
    ...moreText(omitted?.violating, 'connections to further destinations, which no rule allows'),
  ];
  return [
    border,
    style.bold(style.red(`  netaudit: ${count} detected`)),
    border,
    ...(isMany ? [...overviewLines(violations, style), `  the first ${shown.length}:`] : []),
    ...groupAttempts(shown).flatMap((attempts) => violationLines(attempts, style)),
    ...more,
    border,
  ];
};

/** Those that the box shows one by one. */
export const shownOf = (violations: readonly Violation[]): readonly Violation[] =>
  violations.length > MANY ? violations.slice(0, MOST_OF_MANY) : violations;

/** `and N more`, where there are more. */
export const moreText = (count = 0, what: string): string[] => (count > 0 ? [`  and ${count} more ${what}`] : []);

type Attempts = readonly [Violation, ...Violation[]];

/** Violations that are attempts of the same calls, together where the first of them stands. */
const groupAttempts = (violations: readonly Violation[]): Attempts[] =>
  violations.flatMap((violation): Attempts[] => {
    const [first] = violation.attempts;
    if (first !== undefined && first !== violation.id) return [];
    return [[violation, ...violations.filter(({ id }) => id !== violation.id && violation.attempts.includes(id))]];
  });

const violationLines = (attempts: Attempts, style: Style): string[] => {
  const count = attempts.reduce((sum, violation) => sum + violation.count, 0);
  const pids = [...new Set(attempts.flatMap((violation) => violation.pids))];
  const scopes = new Set(attempts.flatMap(({ scopes: all, host }) => all.map((scope) => scopeLines(scope, host, style))));
  const facts = `(count=${count}, pids=[${listed(pids.map(String), MOST_PIDS).join(', ')}])  ${attempts.map(({ id }) => id).join(', ')}`;
  const denied = new Set(attempts.flatMap(({ deniedBy = [] }) => deniedBy));
  const nearest = new Set(attempts.flatMap((violation) => (violation.nearest ? nearestText(violation.nearest) : [])));
  return [
    `  ${style.bold(destinationsText(attempts))} ${style.dim(facts)}`,
    ...listed([...denied], MOST_SCOPES).map((rule) => `    ${style.red(`denied by ${printable(rule)}`)}`),
    ...listed([...scopes], MOST_SCOPES).map((lines) => `    ${lines}`),
    ...listed([...nearest], MOST_SCOPES).map((text) => `    ${style.yellow(text)}`),
    ...(attempts.some(({ partial }) => partial) ? ['    (there are more of them than a report lists)'] : []),
  ];
};

/** `nearest rule: 'db' allows port 5432, not 5433 (netaudit.yaml:7)`. */
export const nearestText = ({ rule, why, at }: NearestRule): string =>
  `nearest rule: '${printable(rule)}' ${printable(why)}${at === null ? '' : ` (${printable(at)})`}`;

const destinationsText = (attempts: Attempts): string => {
  const [first] = attempts;
  if (attempts.length === 1) return `${printable(first.family)} ${placeText(first, first.host)}`;
  const addresses = attempts.map(({ family, addr }) => `${printable(family)} ${printable(addr ?? '')}`);
  return `${placeText({ addr: null, port: first.port }, first.host)}, ${attempts.length} attempts: ${addresses.join(', ')}`;
};

/** Who made the connections, and below it where in the code they were begun, and who else used them; to which host, unless that was said above. */
export const scopeLines = (scope: ViolationScope, host: string | null, style: Style = plain): string => {
  const sites = new Set(scope.origins.flatMap((origin) => siteText(origin, host) ?? []));
  const below = [...listed([...sites], MOST_SITES).map(style.cyan), ...usersText(scope)];
  return [ownerText(scope, style), ...below.map((line) => `      ${line}`)].join('\n');
};

const siteText = (origin: Origin, host: string | null): string | null => {
  const site = originText(origin);
  if (site === null) return null;
  const place = origin.site === null ? site : `at ${site}`;
  return printable(origin.host === null || origin.host === host ? place : `${place}, to ${origin.host}`);
};

/** From so many violations on, nobody reads them one by one. */
const MANY = 100;
const MOST_OF_MANY = 20;
const MOST_PIDS = 100;
const MOST_SCOPES = 10;
const MOST_SITES = 5;
