import type { NearestRule } from '../model/report.js';
import type { Scope } from '../model/scope.js';
import { type AddressWords, addressWords } from './address-words.js';
import type { AllowList } from './allowlist.js';
import { ruleLabel } from './lint.js';
import { missesOf, type RuleParts, rulePartsOf } from './near-misses.js';
import type { RuleEntry } from './policy-rule.js';
import type { Call, Rule } from './rule.js';

/**
 * Finds the rule that comes closest to allowing a call that none allows: one that fails for as few reasons as possible, two at most, and is for
 * that place or for one beside it. null where none is near, and where that can not be told for sure.
 */
export const nearestFinder = (allowlist: AllowList): ((call: Call, scopes: readonly Scope[]) => NearestRule | null) => {
  const rules = allowlist.rules.map(rulePartsOf);
  const places = new Map(allowlist.entries.map((entry) => [entry.rule, placeOf(entry)]));
  let compared = 0;
  return (call, scopes) => {
    compared += rules.length;
    if (compared > mostCompared) return null;
    const words = call.addr === null ? null : addressWords(call.addr);
    const near = rules.flatMap((rule) => candidateOf(rule, { call, words, scopes }) ?? []);
    const [best] = near.sort((one, other) => one.rank - other.rank);
    return best ? { rule: ruleLabel(best.rule), why: best.why, at: places.get(best.rule) ?? null } : null;
  };
};

type Candidate = { readonly rule: Rule; readonly why: string; readonly rank: number };
type Asked = { readonly call: Call; readonly words: AddressWords | null; readonly scopes: readonly Scope[] };

/** Lower ranks are nearer: first by how many reasons there are, then whether the place is the rule's own, then how many bits of the address it has. */
const candidateOf = (parts: RuleParts, { call, words, scopes }: Asked): Candidate | null => {
  const whose = scopes.length === 0 ? [null] : scopes.slice(0, mostScopes);
  const all = whose.map((scope) => missesOf(parts, { ...call, scope }, words));
  const misses = all.reduce((one, other) => (other.reasons.length > one.reasons.length ? other : one));
  if (misses.reasons.length === 0 || misses.reasons.length > 2 || misses.place === 'elsewhere') return null;
  if (misses.place === 'beside' && misses.reasons.length > 1) return null;
  const rank = misses.reasons.length * 2 + (misses.place === 'beside' ? 1 : 0) - misses.bits / 1000;
  return { rule: parts.rule, why: misses.reasons.join(', and '), rank };
};

const placeOf = ({ at }: RuleEntry): string | null => (at === null ? null : `${at.file}:${at.line}`);

const mostScopes = 5;
/** Rules times destinations: beyond that a report would take seconds, and has more destinations than anybody reads. */
const mostCompared = 5_000_000;
