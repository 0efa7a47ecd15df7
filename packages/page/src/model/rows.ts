import { placeText } from '../text/place.js';
import { printable } from '../text/printable.js';
import { scopeTitle } from '../text/scope.js';
import type { EventEntry, Origin, ReportDocument, Scope, Violation } from './document.js';

export type Status = 'violation' | 'known' | 'allowed' | 'probe';

/** One event as the page shows it: every text is printable, what the report does not have is null. */
export type Row = {
  /** Its number in the report, from 1: links name it. */
  readonly number: number;
  readonly at: number | null;
  readonly took: number | null;
  readonly pid: number | null;
  readonly status: Status;
  /** By its name where that is known, else by its address; with the port. */
  readonly place: string;
  readonly address: string;
  readonly outcome: string;
  readonly rule: string | null;
  readonly scope: Scope | null;
  readonly candidates: readonly Scope[];
  readonly usedBy: readonly Scope[];
  readonly owner: string;
  readonly origin: string;
  readonly violation: Violation | null;
  readonly entry: EventEntry;
  /** What the search looks through, in lower case; made when it is asked for. */
  readonly text: () => string;
};

/** The events of a report; those of one without events are none. */
export const rowsOf = (report: ReportDocument): readonly Row[] => {
  const scopes = scopesOf(report);
  const violations = new Map([...report.violations, ...(report.baseline?.known ?? [])].map((violation) => [violation.id, violation]));
  return (report.events ?? []).map((entry, index) => rowOf(entry, index + 1, scopes, violations));
};

/** Every scope that the report names, by its id. */
export const scopesOf = (report: ReportDocument): ReadonlyMap<string, Scope> => {
  const owners = [...report.violations, ...(report.findings ?? [])].flatMap(({ scopes }) => scopes);
  const named = owners.flatMap(({ scope, candidates }) => (scope === null ? candidates : [scope, ...candidates]));
  return new Map([...named, ...(report.scopes ?? [])].map((scope) => [scope.id, scope]));
};

const rowOf = (entry: EventEntry, number: number, scopes: ReadonlyMap<string, Scope>, violations: ReadonlyMap<string, Violation>): Row => {
  const violation = violations.get(entry.violation ?? '') ?? null;
  const scope = scopes.get(entry.scope ?? '') ?? null;
  const named = (ids: readonly string[] = []): Scope[] => ids.flatMap((id) => scopes.get(id) ?? []);
  const candidates = named(entry.candidates);
  const address = entry.addr === null ? printable(entry.family) : placeText(entry.addr, entry.port);
  const name = entry.origin?.host ?? entry.names?.[0]?.name ?? violation?.host ?? null;
  const row = {
    number,
    at: entry.at ?? null,
    took: entry.took ?? null,
    pid: entry.pid ?? null,
    status: statusOf(entry),
    place: name === null ? address : placeText(name, entry.port),
    address,
    outcome: printable(entry.outcome ?? ''),
    rule: entry.rule,
    scope,
    candidates,
    usedBy: named(entry.usedBy),
    owner: ownerText(entry, scope, candidates),
    origin: originText(entry.origin ?? null),
    violation,
    entry,
  };
  let text: string | null = null;
  return { ...row, text: () => (text ??= searchText(row)) };
};

const statusOf = ({ status, probe }: EventEntry): Status => {
  if (probe === true || status === 'probe') return 'probe';
  return status === 'violation' || status === 'known' ? status : 'allowed';
};

const ownerText = ({ method, scope: id }: EventEntry, scope: Scope | null, candidates: readonly Scope[]): string => {
  if (scope !== null) return scopeTitle(scope);
  const [first] = candidates;
  if (first !== undefined)
    return candidates.length === 1 ? `perhaps ${scopeTitle(first)}` : `one of ${candidates.length}: ${scopeTitle(first)} …`;
  if (id) return printable(id);
  return method === undefined ? '' : 'outside any test';
};

const originText = (origin: Origin | null): string => {
  const site = origin?.site;
  const name = origin?.package ? `in package ${printable(origin.package)}` : '';
  if (!site) return name;
  const place = `${printable(site.file)}:${site.line}:${site.column}${site.function === null ? '' : ` ${printable(site.function)}`}`;
  return name === '' ? place : `${place} (${name})`;
};

const searchText = ({ number, place, address, owner, status, outcome, rule, pid, entry, origin }: Omit<Row, 'text'>): string => {
  const names = (entry.names ?? []).map(({ name }) => name).join(' ');
  const parts = [
    `#${number}`,
    place,
    address,
    names,
    owner,
    status,
    outcome,
    rule,
    `pid ${pid}`,
    entry.call,
    entry.transport,
    origin,
    entry.line,
  ];
  return parts.join('\n').toLowerCase();
};
