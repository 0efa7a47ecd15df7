import ipaddr from 'ipaddr.js';
import { nameText, scopeName } from '../model/baseline.js';
import { placeText } from '../model/destination.js';
import type { Report, Violation, ViolationScope } from '../model/report.js';
import { hostsOf } from '../model/seen.js';

/** What a rule would have to allow. */
export type Subject =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'address'; readonly family: 'AF_INET' | 'AF_INET6'; readonly addr: string }
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'netlink' }
  /** No kind of rule can allow it. */
  | { readonly kind: 'none'; readonly family: string; readonly addr: string | null };

/** A subject with the evidence: at which ports, in which runs, by whom. */
export type Need = {
  readonly subject: Subject;
  readonly ports: ReadonlySet<number>;
  readonly count: number;
  /** Numbers of the runs in which it was seen. */
  readonly runs: ReadonlySet<number>;
  /** The same for each scope, by its name. */
  readonly scopes: ReadonlyMap<string, ReadonlySet<number>>;
};

/** A report, and the number of the run that it is of: the shards of a run have the same. */
export type NumberedReport = { readonly run: number; readonly report: Report };

/** Everything that the reports' violations need, each subject once, in the order first seen. What a baseline accepts is needed as well. */
export const needsOf = (reports: readonly NumberedReport[]): Need[] => {
  const needs = new Map<string, MutableNeed>();
  for (const { run, report } of reports)
    for (const violation of [...report.violations, ...(report.baseline?.known ?? [])])
      for (const scope of violation.scopes)
        for (const subject of subjectsOf(violation, scope)) note(needs, subject, { violation, scope, run });
  return [...needs.values()];
};

/** The one violation as needs: several where its scopes know its address by different names. */
export const needsOfViolation = (violation: Violation): Need[] => {
  const needs = new Map<string, MutableNeed>();
  for (const scope of violation.scopes)
    for (const subject of subjectsOf(violation, scope)) note(needs, subject, { violation, scope, run: 0 });
  return [...needs.values()];
};

type MutableNeed = {
  readonly subject: Subject;
  readonly ports: Set<number>;
  count: number;
  readonly runs: Set<number>;
  readonly scopes: Map<string, Set<number>>;
};

type Seen = { readonly violation: Violation; readonly scope: ViolationScope; readonly run: number };

const note = (needs: Map<string, MutableNeed>, subject: Subject, { violation, scope, run }: Seen): void => {
  const key = JSON.stringify(subject);
  const need = needs.get(key) ?? { subject, ports: new Set(), count: 0, runs: new Set(), scopes: new Map() };
  needs.set(key, need);
  if (violation.port !== null) need.ports.add(violation.port);
  need.count += scope.count;
  need.runs.add(run);
  const scopes = scope.scope || scope.candidates.length === 0 ? [scope.scope] : scope.candidates;
  for (const each of scopes) {
    const name = nameText(scopeName(each));
    need.scopes.set(name, new Set([...(need.scopes.get(name) ?? []), run]));
  }
};

const subjectsOf = (violation: Violation, scope: ViolationScope): Subject[] => {
  const { family, addr, deniedBy = [] } = violation;
  if (deniedBy.length > 0)
    return [{ kind: 'none', family: `${placeText(violation, violation.host)}, which ${deniedBy.join(', ')} denies`, addr: null }];
  if (family === 'AF_UNIX' && addr) return [{ kind: 'unix', path: addr }];
  if (family === 'AF_NETLINK') return [{ kind: 'netlink' }];
  if ((family !== 'AF_INET' && family !== 'AF_INET6') || addr === null) return [{ kind: 'none', family, addr }];
  return hostsOf(violation, scope).map((host) => (host === null ? addressOf(addr) : { kind: 'host', host }));
};

/** The family is that of the address: `::ffff:a.b.c.d` is IPv4. A zone has no place in a rule. */
const addressOf = (given: string): Subject => {
  const text = given.replace(/%.*$/s, '');
  if (!ipaddr.isValid(text)) return { kind: 'none', family: 'an address that can not be read', addr: given };
  const address = ipaddr.process(text);
  return { kind: 'address', family: address.kind() === 'ipv4' ? 'AF_INET' : 'AF_INET6', addr: address.toString() };
};
