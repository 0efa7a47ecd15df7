import { addressWords } from './address-words.js';
import type { AllowList } from './allowlist.js';
import { coverIndex } from './covers.js';
import type { RuleEntry, Target } from './policy-rule.js';
import type { Rule } from './rule.js';
import { blockOf, isPolicyRule } from './rule-index.js';

/** What is wrong with a rule that can be read. `message`: one sentence without a full stop that begins with the rule. */
export type RuleProblem = {
  readonly code: 'expired-rule' | 'shadowed-rule' | 'wide-rule';
  readonly entry: RuleEntry;
  readonly message: string;
};

/** The rules of a policy that do nothing, or more than they seem to, at `ts` (µs since the epoch). */
export const lintRules = (allowlist: AllowList, ts: number): readonly RuleProblem[] => {
  const { rules, ownRules, deny, entries } = allowlist;
  const builtins = rules.slice(0, rules.length - ownRules.length);
  const before = { allow: coverIndex(builtins), deny: coverIndex([]) };
  const denied = coverIndex(deny);
  return entries.flatMap((entry) => {
    const { rule, effect } = entry;
    const shadow = before[effect].coverOf(rule);
    before[effect].add(rule);
    const against = effect === 'allow' ? denied.coverOf(rule) : null;
    return [
      ...(isPolicyRule(rule) && rule.isExpired(ts) ? [problem('expired-rule', entry, `expired after ${rule.conditions.expires}`)] : []),
      ...(shadow ? [problem('shadowed-rule', entry, `is never reached: ${ruleLabel(shadow)} matches first`)] : []),
      ...(against ? [problem('shadowed-rule', entry, `allows nothing: ${ruleLabel(against)} denies it`)] : []),
      ...(effect === 'allow' ? widthOf(rule).map((text) => problem('wide-rule', entry, text)) : []),
      ...hostBitsOf(rule).map((text) => problem('wide-rule', entry, text)),
    ];
  });
};

/** How messages name a rule. */
export const ruleLabel = (rule: Rule): string => rule.name || String(rule);

const problem = (code: RuleProblem['code'], entry: RuleEntry, text: string): RuleProblem => ({
  code,
  entry,
  message: `${ruleLabel(entry.rule)} ${text}`,
});

const targetsOf = (rule: Rule): readonly (Target | Rule)[] => (isPolicyRule(rule) ? rule.targets : [rule]);

const widthOf = (rule: Rule): string[] => {
  const hosts = isPolicyRule(rule) ? rule.conditions.hosts : undefined;
  if (hosts) return hosts.flatMap(({ wild, name }) => (wild && !name.includes('.') ? `allows every host below .${name}` : []));
  return targetsOf(rule).flatMap((target) => {
    if ('glob' in target) return /^\/?\*+$/.test(target.glob) ? 'allows every Unix socket' : [];
    const block = blockOf(target);
    if (!block || block.length >= (block.words.length === 1 ? narrowest.four : narrowest.six)) return [];
    return `allows ${block.target.cidr}, ${block.length === 0 ? 'the whole internet' : 'a large part of the internet'}`;
  });
};

const hostBitsOf = (rule: Rule): string[] =>
  targetsOf(rule).flatMap((target) => {
    const block = blockOf(target);
    const written = block ? addressWords(block.target.written.split('/')[0] ?? '') : null;
    if (!block || !written || written.every((word, index) => word === block.words[index])) return [];
    return `has bits after its prefix: ${block.target.written} means ${block.target.cidr}`;
  });

/** Blocks with fewer bits than the largest that are given to one owner: IANA's /8, and a /16 of IPv6. */
const narrowest = { four: 8, six: 16 };
