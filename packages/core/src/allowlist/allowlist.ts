import { join } from 'node:path';
import type { AcceptableBlindSpot } from '../model/blind-spot.js';
import { type FindingPolicy, findingLevels } from '../model/finding.js';
import type { Scope } from '../model/scope.js';
import { builtinRules, type Loopback, loopbackRules } from './builtins.js';
import { discoverPolicies } from './discover.js';
import { mergeFiles, mergeText, type PolicyOrigins } from './layers.js';
import { OwnServers, type RuleEntry } from './policy-rule.js';
import type { Call, Rule } from './rule.js';
import { isPolicyRule, RuleIndex } from './rule-index.js';

export type AllowListOptions = {
  readonly includesBuiltins?: boolean | undefined;
  /** Rules that win over any that allows. */
  readonly deny?: readonly Rule[] | undefined;
  /** What the built-in rules allow of loopback. Default: any; where they are left out, nothing. */
  readonly loopback?: Loopback | undefined;
  /** Levels of findings that differ from the default. */
  readonly findings?: Partial<FindingPolicy> | undefined;
  /** Blind spots that do not make the audit incomplete. */
  readonly acceptBlindSpots?: readonly AcceptableBlindSpot[] | undefined;
  /** Where settings come from. */
  readonly origins?: PolicyOrigins | undefined;
  /** Where the rules are written, those of `deny` too. */
  readonly entries?: readonly RuleEntry[] | undefined;
};

/** What is said of a call: `none` of the rules is for it, or this one allows or denies it. */
export type Decision = { readonly effect: 'allow' | 'deny'; readonly rule: Rule } | { readonly effect: 'none'; readonly rule: null };

/** What is allowed: rules in order, of which the first that matches wins, and what is denied all the same. */
export class AllowList {
  /** All rules that allow, in the order they are tried, the built-in ones first. */
  readonly rules: readonly Rule[];
  /** The rules that were given, without the built-in ones. */
  readonly ownRules: readonly Rule[];
  /** Rules that win over any that allows. */
  readonly deny: readonly Rule[];
  /** The rules that were given and those that deny, with where they are written. */
  readonly entries: readonly RuleEntry[];
  /** Where settings come from; null where they come from no file. */
  readonly origins: PolicyOrigins | null;
  /** What is allowed of loopback; null where no built-in rule is for it. */
  readonly loopback: Loopback | null;
  /** How much each kind of finding matters. */
  readonly findings: FindingPolicy;
  /** Blind spots that are only warned of. */
  readonly acceptBlindSpots: readonly AcceptableBlindSpot[];
  /** Whether it must be known on which ports the run itself listens. */
  readonly asksForServers: boolean;
  readonly #allowing: RuleIndex;
  readonly #denying: RuleIndex | null;
  readonly #asksForOwner: boolean;

  constructor(rules: readonly Rule[] = [], options: AllowListOptions = {}) {
    const { includesBuiltins = true, findings = {}, acceptBlindSpots = [], deny = [], loopback, entries, origins } = options;
    const builtins = includesBuiltins ? builtinRules(loopback ?? 'any') : loopback ? loopbackRules(loopback) : [];
    this.origins = origins ?? null;
    this.loopback = loopback ?? (includesBuiltins ? 'any' : null);
    this.acceptBlindSpots = acceptBlindSpots;
    this.findings = { ...findingLevels, ...findings };
    this.ownRules = [...rules];
    this.rules = [...builtins, ...rules];
    this.deny = [...deny];
    this.entries = entries ?? [...rules.map((rule) => entryOf(rule, 'allow')), ...deny.map((rule) => entryOf(rule, 'deny'))];
    this.#allowing = new RuleIndex(this.rules);
    this.#denying = deny.length > 0 ? new RuleIndex(deny) : null;
    const policyRules = [...this.rules, ...deny].filter(isPolicyRule);
    this.asksForServers = policyRules.some(({ targets }) => targets.some((target) => target instanceof OwnServers));
    this.#asksForOwner = policyRules.some((rule) => rule.asksForOwner);
  }

  /** The allowlist of a YAML file and of what it extends; throws a NetauditError that names file, line and column. */
  static fromFile(path: string): AllowList {
    const { rules, ...options } = mergeFiles([path]);
    return new AllowList(rules, options);
  }

  /**
   * The allowlist that holds in a folder: of its netaudit.yaml and of those above it up to the root of the workspace or repository, the nearest first; the
   * built-in rules alone where there is none. Throws as fromFile does.
   */
  static discover(cwd: string): AllowList {
    const files = discoverPolicies(cwd);
    const { rules, ...options } = mergeFiles(files.map((file) => join(cwd, file)));
    return new AllowList(rules, options);
  }

  /** The allowlist in the text of a YAML file; `fileName` is for messages, and where to look for what it extends. */
  static fromYaml(text: string, fileName: string): AllowList {
    const { rules, ...options } = mergeText(text, fileName);
    return new AllowList(rules, options);
  }

  /** The first rule that allows the destination, or null, also where another denies it. */
  decide(call: Call): Rule | null {
    const { effect, rule } = this.#judgeOne(call);
    return effect === 'allow' ? rule : null;
  }

  /**
   * What holds of a call that was made by `scope`, or by one of several: it is allowed where it is allowed to each of them, and denied where it is denied
   * to one.
   */
  judge(call: Call, scopes: readonly Scope[]): Decision {
    if (!this.#asksForOwner || scopes.length === 0) return this.#judgeOne(call);
    const decisions = scopes.map((scope) => this.#judgeOne({ ...call, scope }));
    const by = (effect: Decision['effect']) => decisions.find((decision) => decision.effect === effect);
    return by('deny') ?? by('none') ?? decisions[0] ?? nothing;
  }

  /** Whether the call is allowed, whoever made it. */
  allowsAnyone(call: Call): boolean {
    return !this.deny.some(asks) && this.decide(call) !== null;
  }

  #judgeOne(call: Call): Decision {
    const denied = this.#denying?.first(call) ?? null;
    if (denied) return { effect: 'deny', rule: denied };
    const rule = this.#allowing.first(call);
    return rule ? { effect: 'allow', rule } : nothing;
  }
}

const entryOf = (rule: Rule, effect: RuleEntry['effect']): RuleEntry => ({ rule, effect, at: null, reason: null });

const asks = (rule: Rule): boolean => isPolicyRule(rule) && rule.asksForOwner;

const nothing: Decision = { effect: 'none', rule: null };
