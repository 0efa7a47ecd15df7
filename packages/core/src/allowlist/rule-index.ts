import { type AddressWords, addressWords } from './address-words.js';
import { escapePattern } from './fnmatch.js';
import { hostText } from './host.js';
import type { PolicyRule, Target } from './policy-rule.js';
import { PrefixTree, startsWith } from './prefix-tree.js';
import type { Call, IPv4Rule, IPv6Rule, Rule } from './rule.js';

/** A rule that may match: what is left to ask. `order`: its place among the rules. */
type Candidate = { readonly order: number; readonly rule: Rule; readonly matches: (call: Call) => boolean };

/**
 * The rules in order, found by where a call goes: a decision looks only at those whose address block, host or path can be meant, so that its time does
 * not grow with their number.
 */
export class RuleIndex {
  readonly #four = new PrefixTree<Candidate>();
  readonly #six = new PrefixTree<Candidate>();
  /** By plain name, and by `*.name`. */
  readonly #hosts = new Map<string, Candidate[]>();
  /** Sockets by the one path that they name. */
  readonly #paths = new Map<string, Candidate[]>();
  /** All others, by the family that they are for. */
  readonly #others = { AF_UNIX: [] as Candidate[], AF_NETLINK: [] as Candidate[], any: [] as Candidate[] };
  readonly #found: Candidate[] = [];
  /** The address of the call that is being decided. */
  #words: AddressWords | null = null;

  constructor(rules: readonly Rule[]) {
    for (const [order, rule] of rules.entries()) this.#add(rule, order);
  }

  /** The first rule that matches. */
  first(call: Call): Rule | null {
    const found = this.#found;
    found.length = 0;
    this.#collect(call, found);
    if (found.length > 1) found.sort(inOrder);
    for (const { rule, matches } of found) if (matches(call)) return rule;
    return null;
  }

  #collect(call: Call, found: Candidate[]): void {
    if (call.family === 'AF_INET' || call.family === 'AF_INET6') {
      const words = call.addr === null ? null : addressWords(call.addr);
      this.#words = words;
      if (words === null) return;
      (words.length === 1 ? this.#four : this.#six).find(words, found);
      if (this.#hosts.size > 0) for (const name of call.names ?? []) this.#collectHosts(name, found);
    } else if (call.family === 'AF_UNIX') append(found, this.#paths.get(call.addr ?? '') ?? [], this.#others.AF_UNIX);
    else if (call.family === 'AF_NETLINK') append(found, this.#others.AF_NETLINK);
    append(found, this.#others.any);
  }

  #collectHosts(name: string, found: Candidate[]): void {
    append(found, this.#hosts.get(name) ?? []);
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
      append(found, this.#hosts.get(`*${name.slice(dot)}`) ?? []);
    }
  }

  #add(rule: Rule, order: number): void {
    if (!isPolicyRule(rule)) this.#addTarget(rule, { order, rule, matches: (call) => rule.matches(call) });
    else if (rule.conditions.hosts) this.#addHosts(rule, order);
    else for (const target of rule.targets) this.#addConditional(target, rule, order);
  }

  #addHosts(rule: PolicyRule, order: number): void {
    const blocks = rule.targets.flatMap((target) => blockOf(target) ?? []);
    const isThere = (port: number | null, words: AddressWords): boolean =>
      blocks.some((block) => startsWith(words, block.words, block.length) && block.target.allowsPort(port));
    const matches = (call: Call): boolean => this.#words !== null && isThere(call.port, this.#words) && rule.holds(call);
    const candidate = { order, rule, matches };
    for (const host of rule.conditions.hosts ?? []) addTo(this.#hosts, hostText(host), candidate);
  }

  #addConditional(target: Target, rule: PolicyRule, order: number): void {
    this.#addTarget(target, { order, rule, matches: (call) => target.matches(call) && rule.holds(call) });
  }

  /** In the trees the address is known to match, which leaves the port. */
  #addTarget(target: Target | Rule, candidate: Candidate): void {
    const block = blockOf(target);
    if (block === null) this.#addOther(target, candidate);
    else (block.words.length === 1 ? this.#four : this.#six).add(block.words, block.length, withoutAddress(block.target, candidate));
  }

  #addOther(target: Target | Rule, candidate: Candidate): void {
    const { family } = target;
    if ('glob' in target && escapePattern(target.glob) === target.glob) addTo(this.#paths, target.glob, candidate);
    else this.#others[family === 'AF_UNIX' || family === 'AF_NETLINK' ? family : 'any'].push(candidate);
  }
}

const append = (found: Candidate[], ...lists: readonly (readonly Candidate[])[]): void => {
  for (const list of lists) for (const candidate of list) found.push(candidate);
};

const addTo = (lists: Map<string, Candidate[]>, key: string, candidate: Candidate): void => {
  const list = lists.get(key);
  if (list) list.push(candidate);
  else lists.set(key, [candidate]);
};

type Block = { readonly target: IPv4Rule | IPv6Rule; readonly words: AddressWords; readonly length: number };

/** The block of a rule for addresses; null for any other kind, and for a rule of another make. */
export const blockOf = (target: Target | Rule): Block | null => {
  if (!('cidr' in target) || !('allowsPort' in target)) return null;
  const [address = '', length = ''] = target.cidr.split('/');
  const words = addressWords(address);
  return words && words.length === (target.family === 'AF_INET' ? 1 : 4) ? { target, words, length: Number(length) } : null;
};

const withoutAddress = (target: IPv4Rule | IPv6Rule, { order, rule }: Candidate): Candidate => ({
  order,
  rule,
  matches: isPolicyRule(rule) ? (call) => target.allowsPort(call.port) && rule.holds(call) : (call) => target.allowsPort(call.port),
});

/** By what it can do: it may come from another copy of this package. */
export const isPolicyRule = (rule: Rule): rule is PolicyRule => 'holds' in rule;

const inOrder = (one: Candidate, other: Candidate): number => one.order - other.order;
