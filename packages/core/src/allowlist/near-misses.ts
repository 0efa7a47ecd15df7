import { isIP } from 'node:net';
import type { AddressWords } from './address-words.js';
import { type Conditions, compileConditions } from './conditions.js';
import { hostText } from './host.js';
import type { Target } from './policy-rule.js';
import { portsText } from './ports.js';
import type { Call, Rule } from './rule.js';
import { blockOf, isPolicyRule } from './rule-index.js';

/** A rule with what it asks for, each by itself. */
export type RuleParts = {
  readonly rule: Rule;
  readonly targets: readonly (Target | Rule)[];
  readonly conditions: readonly Condition[];
  readonly hosts: Conditions['hosts'];
};

type Condition = { readonly holds: (call: Call) => boolean; readonly why: (call: Call) => string; readonly isUnsure: boolean };

/**
 * Why a rule is not for a call, one clause each. `place`: whether where it goes is the rule's own place, one beside it, or elsewhere; `bits`: how
 * many leading bits of the address a block of the rule has.
 */
export type Misses = {
  readonly place: 'own' | 'beside' | 'elsewhere';
  readonly reasons: readonly string[];
  readonly bits: number;
};

export const rulePartsOf = (rule: Rule): RuleParts => {
  if (!isPolicyRule(rule)) return { rule, targets: [rule], conditions: [], hosts: undefined };
  const { hosts, ...others } = rule.conditions;
  return { rule, targets: rule.targets, conditions: conditionsOf(others), hosts };
};

/** What is not known of the call, such as its transport, counts only where nothing else tells the rule from it. */
export const missesOf = ({ targets, conditions, hosts }: RuleParts, call: Call, words: AddressWords | null): Misses => {
  const target = nearestOf(targets.map((one) => targetMiss(one, call, words)));
  const missed = conditions.filter((condition) => !condition.isUnsure && !condition.holds(call)).map(({ why }) => why(call));
  const host = hosts ? hostMiss(hosts, call) : ownPlace;
  const place = [target.place, host.place].includes('elsewhere')
    ? 'elsewhere'
    : [target.place, host.place].includes('beside')
      ? 'beside'
      : 'own';
  const sure = [...host.reasons, ...target.reasons, ...missed];
  const unsure = conditions.filter(({ isUnsure }) => isUnsure).map(({ why }) => why(call));
  return { place, reasons: sure.length > 0 ? sure : unsure, bits: target.bits };
};

/** How many leading bits two addresses share. */
const commonBits = (one: AddressWords, other: AddressWords): number => {
  if (one.length !== other.length) return 0;
  const index = one.findIndex((word, at) => word !== other[at]);
  return index === -1 ? one.length * 32 : index * 32 + Math.clz32((one[index] ?? 0) ^ (other[index] ?? 0));
};

const targetMiss = (target: Target | Rule, call: Call, words: AddressWords | null): Misses => {
  if ('glob' in target) return socketMiss(target.glob, call);
  const block = blockOf(target);
  if (block === null) return target.matches(call) ? ownPlace : ownServersMiss(target, call);
  if (words === null || words.length !== block.words.length) return elsewhere;
  const common = commonBits(words, block.words);
  const isThere = common >= block.length;
  const isPort = block.target.allowsPort(call.port);
  const port = `allows port ${portsText(block.target.ports ?? [])}, not ${call.port ?? 'a call without one'}`;
  if (isThere) return { place: 'own', reasons: isPort ? [] : [port], bits: block.length };
  if (common < bitsOfNeighbours(words.length, block.length) || !isPort) return elsewhere;
  return { place: 'beside', reasons: [`allows ${withoutLength(block.target.cidr)}, not ${call.addr}`], bits: common };
};

/** How many leading bits an address beside a block shares with it: a host's neighbours are those of its /24 or /64, a block's the seven next to it. */
const bitsOfNeighbours = (words: number, length: number): number =>
  words === 1 ? (length > 27 ? 24 : Math.max(8, length - 3)) : length > 96 ? 64 : Math.max(24, length - 3);

/** A single address without the length of its block. */
const withoutLength = (cidr: string): string => cidr.replace(/(?<=\.\d+)\/32$|\/128$/, '');

const ownServersMiss = (target: Target | Rule, { addr, port }: Call): Misses => {
  const isLoopback = addr !== null && isIP(addr) !== 0 && (addr.startsWith('127.') || addr === '::1');
  if (target.family !== null || !isLoopback) return elsewhere;
  return { place: 'own', reasons: [`allows what this run serves itself, and it does not listen on port ${port}`], bits: 0 };
};

/** Beside it is what lies in the same folder. */
const socketMiss = (glob: string, { family, addr }: Call): Misses => {
  if (family !== 'AF_UNIX' || addr === null) return elsewhere;
  const folder = glob.slice(0, glob.lastIndexOf('/') + 1);
  if (folder.length <= 1 || /[*?[]/.test(folder) || !addr.startsWith(folder)) return elsewhere;
  return { place: 'beside', reasons: [`allows ${glob}, not ${addr}`], bits: 0 };
};

/** Names are near that share their last two labels, such as `example.com` and `*.example.com`. */
const hostMiss = (hosts: NonNullable<Conditions['hosts']>, call: Call): Misses => {
  const { names = [] } = call;
  if (compileConditions({ hosts })(call)) return ownPlace;
  const near = names.find((name) => hosts.some((host) => domainOf(host.name) === domainOf(name)));
  if (near === undefined) return elsewhere;
  return { place: 'beside', reasons: [`allows ${hosts.map(hostText).join(', ')}, not ${near}`], bits: 0 };
};

const domainOf = (name: string): string => name.split('.').slice(-2).join('.');

const conditionsOf = ({ transport, tests, process, scope, expires }: Conditions): Condition[] => [
  ...(transport ? [condition({ transport }, () => `allows ${transport} only`, true)] : []),
  ...(tests ? [condition({ tests }, () => `is for tests ${tests.join(', ')} only`)] : []),
  ...(process ? [condition({ process }, () => `is for the process ${process.join(', ')} only`)] : []),
  ...(scope ? [condition({ scope }, () => `is for ${scope.join(', ')} only`)] : []),
  ...(expires ? [condition({ expires }, () => `expired after ${expires}`)] : []),
];

const condition = (conditions: Conditions, why: Condition['why'], isUnsure = false): Condition => ({
  holds: compileConditions(conditions),
  why,
  isUnsure,
});

/** The one with the fewest reasons at the nearest place. */
const nearestOf = (all: readonly Misses[]): Misses =>
  all.reduce((best, each) => (order(each) < order(best) ? each : best), all[0] ?? elsewhere);

const order = ({ place, reasons }: Misses): number => places.indexOf(place) * 10 + reasons.length;

const places = ['own', 'beside', 'elsewhere'];
const ownPlace: Misses = { place: 'own', reasons: [], bits: 0 };
const elsewhere: Misses = { place: 'elsewhere', reasons: [], bits: 0 };
