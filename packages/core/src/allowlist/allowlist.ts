import type { AcceptableBlindSpot } from '../model/blind-spot.js';
import { type FindingPolicy, findingLevels } from '../model/finding.js';
import { builtins } from './builtins.js';
import { readAllowListFile } from './file.js';
import type { Aim, Rule } from './rule.js';
import { parseAllowList } from './yaml/document.js';

export type AllowListOptions = {
  readonly includesBuiltins?: boolean | undefined;
  /** Levels of findings that differ from the default. */
  readonly findings?: Partial<FindingPolicy> | undefined;
  /** Blind spots that do not make the audit incomplete. */
  readonly acceptBlindSpots?: readonly AcceptableBlindSpot[] | undefined;
};

/** What is allowed: rules in order, of which the first that matches wins. */
export class AllowList {
  /** All rules in the order they are tried, the built-in ones first. */
  readonly rules: readonly Rule[];
  /** The rules that were given, without the built-in ones. */
  readonly ownRules: readonly Rule[];
  /** How much each kind of finding matters. */
  readonly findings: FindingPolicy;
  /** Blind spots that are only warned of. */
  readonly acceptBlindSpots: readonly AcceptableBlindSpot[];

  constructor(rules: readonly Rule[] = [], { includesBuiltins = true, findings = {}, acceptBlindSpots = [] }: AllowListOptions = {}) {
    this.acceptBlindSpots = acceptBlindSpots;
    this.findings = { ...findingLevels, ...findings };
    this.ownRules = [...rules];
    this.rules = includesBuiltins ? [...builtins, ...rules] : this.ownRules;
  }

  /** The allowlist of a YAML file; throws a NetauditError that names file, line and column. */
  static fromFile(path: string): AllowList {
    return AllowList.fromYaml(readAllowListFile(path), path);
  }

  /** The allowlist in the text of a YAML file; `fileName` is for messages only. */
  static fromYaml(text: string, fileName: string): AllowList {
    const { rules, ...options } = parseAllowList(text, fileName);
    return new AllowList(rules, options);
  }

  /** The first rule that allows the destination, or null. */
  decide(aim: Aim): Rule | null {
    return this.rules.find((rule) => rule.matches(aim)) ?? null;
  }
}
