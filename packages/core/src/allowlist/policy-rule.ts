import type { Position } from '../model/error.js';
import { asksForOwner, type Conditions, compileConditions, endOfDay } from './conditions.js';
import { hostText } from './host.js';
import type { Call, IPv4Rule, IPv6Rule, NetlinkRule, Rule, UnixSocketRule } from './rule.js';

/** Where a rule leads to: one of the original's kinds, or the run's own servers. */
export type Target = IPv4Rule | IPv6Rule | UnixSocketRule | NetlinkRule | OwnServers;

/** What a matching rule does: lets pass, or lets pass and tells of it. */
export type RuleLevel = 'allow' | 'warn';

export type PolicyRuleOptions = {
  readonly name?: string | undefined;
  readonly targets: readonly Target[];
  readonly conditions?: Conditions | undefined;
  readonly level?: RuleLevel | undefined;
  readonly reason?: string | undefined;
  /** What it is called where it has no name: the preset, or the host. */
  readonly title?: string | undefined;
};

/** A rule with conditions, or with several targets: it matches where one target and all conditions do. */
export class PolicyRule {
  readonly family = null;
  readonly name: string;
  readonly targets: readonly Target[];
  readonly conditions: Conditions;
  readonly level: RuleLevel;
  readonly reason: string | null;
  /** Whether it depends on the test that a call is of. */
  readonly asksForOwner: boolean;
  readonly #title: string | null;
  readonly #holds: (call: Call) => boolean;
  readonly #holdsForHost: (call: Call) => boolean;

  constructor({ name = '', targets, conditions = {}, level = 'allow', reason, title }: PolicyRuleOptions) {
    this.name = name;
    this.targets = targets;
    this.conditions = conditions;
    this.level = level;
    this.reason = reason ?? null;
    this.asksForOwner = asksForOwner(conditions);
    this.#title = title ?? null;
    this.#holds = compileConditions(conditions);
    this.#holdsForHost = conditions.hosts ? compileConditions({ ...conditions, hosts: undefined }) : this.#holds;
  }

  matches(call: Call): boolean {
    return this.targets.some((target) => target.matches(call)) && this.#holds(call);
  }

  /** Whether the conditions hold, wherever the call goes. */
  holds(call: Call): boolean {
    return this.#holds(call);
  }

  /** Whether the conditions hold of a call to one of its hosts. */
  holdsForHost(call: Call): boolean {
    return this.#holdsForHost(call);
  }

  /** Whether its last day is over at `ts`, µs since the epoch. */
  isExpired(ts: number): boolean {
    return this.conditions.expires !== undefined && ts >= endOfDay(this.conditions.expires);
  }

  toString(): string {
    const { hosts, ...others } = this.conditions;
    const shown = this.#title === null ? this.conditions : others;
    return [this.#title ?? this.targets.join(', '), ...conditionTexts(shown), ...(this.level === 'warn' ? ['level warn'] : [])].join(' ');
  }
}

/** The ports of loopback on which the run itself listens. */
export class OwnServers {
  readonly family = null;

  matches(call: Call): boolean {
    return call.served?.(call) ?? false;
  }

  toString(): string {
    return 'own servers';
  }
}

/** A rule as it stands in a policy. `at`: where it is written; null for one of a program, and for one that is built in. */
export type RuleEntry = {
  readonly rule: Rule;
  readonly effect: 'allow' | 'deny';
  readonly at: Position | null;
  readonly reason: string | null;
  /** The entry as it is written in a file. */
  readonly written?: object | undefined;
};

const conditionTexts = ({ hosts, transport, tests, process, scope, expires }: Conditions): string[] => [
  ...(hosts ? [`host ${hosts.map(hostText).join(', ')}`] : []),
  ...(transport ? [transport] : []),
  ...(tests ? [`tests ${tests.join(', ')}`] : []),
  ...(process ? [`process ${process.join(', ')}`] : []),
  ...(scope ? [`scope ${scope.join(', ')}`] : []),
  ...(expires ? [`until ${expires}`] : []),
];
