import type { AllowList } from '../allowlist/allowlist.js';
import { lintRules, ruleLabel } from '../allowlist/lint.js';
import type { RuleEntry } from '../allowlist/policy-rule.js';
import type { Rule } from '../allowlist/rule.js';
import { findingId } from '../findings/findings.js';
import { positionText } from '../model/error.js';
import type { FindingCode } from '../model/finding.js';
import { printable } from '../model/printable.js';
import type { Finding } from '../model/report.js';
import { dated } from './judge.js';

/** What is to be said of the rules themselves after a run that ended at `ts`: those that nothing needed, and what lint says of them. */
export const ruleFindings = (allowlist: AllowList, ts: number, isUsed: (rule: Rule) => boolean): readonly Finding[] => {
  const problems = lintRules(allowlist, dated(ts));
  const told = new Set(problems.filter(({ code }) => code !== 'wide-rule').map(({ entry }) => entry));
  const unused = allowlist.entries
    .filter((entry) => entry.effect === 'allow' && !isUsed(entry.rule) && !told.has(entry))
    .map((entry) => ({ code: 'unused-rule' as const, entry, message: `${ruleLabel(entry.rule)} was not needed by this run` }));
  return [...problems, ...unused].flatMap(({ code, entry, message }) => findingOf(allowlist, { code, entry, message }));
};

/** What lint says of a rule, with the level that the policy gives it. `place`: `file:line:column`, or `program`. */
export type RuleFinding = {
  readonly code: FindingCode;
  readonly level: 'fail' | 'warn';
  readonly rule: string;
  readonly message: string;
  readonly place: string;
};

/** What can be said of the rules of a policy without a run, at `ts` (µs since the epoch); those that are off are left out. */
export const lintPolicy = (allowlist: AllowList, ts: number): readonly RuleFinding[] =>
  lintRules(allowlist, ts).flatMap(({ code, entry: { rule, at }, message }) => {
    const level = allowlist.findings[code];
    const place = at ? positionText(at) : 'program';
    return level === 'off' ? [] : [{ code, level, rule: ruleLabel(rule), message: printable(message), place: printable(place) }];
  });

type Told = { readonly code: FindingCode; readonly entry: RuleEntry; readonly message: string };

const findingOf = ({ findings }: AllowList, { code, entry, message }: Told): readonly Finding[] => {
  const level = findings[code];
  const subject = ruleLabel(entry.rule);
  const { at } = entry;
  const place = at ? [positionText(at)] : [];
  return level === 'off' ? [] : [{ id: findingId(code, subject), code, level, subject, message, count: 1, scopes: [], evidence: place }];
};
