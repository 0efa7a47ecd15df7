import { type AddressWords, addressWords } from './address-words.js';
import { literalStart } from './fnmatch.js';
import type { PolicyRule, Target } from './policy-rule.js';
import { includesPort, type PortRange, portsText } from './ports.js';
import { PrefixTree, startsWith } from './prefix-tree.js';
import type { Call, IPv4Rule, IPv6Rule, Rule } from './rule.js';
import { addTo, TextEnds, TextStarts } from './text-edges.js';

/**
 * A rule that may match, and what is left to ask: whether the port is one of `ports` (null: any), and what `asks` says. `order`: its place among the rules.
 */
type Candidate = {
  readonly order: number;
  readonly rule: Rule;
  readonly ports: readonly PortRange[] | null;
  readonly asks: Question | null;
};

/** `words`: of the call's address, none where it has no address. */
type Question = (call: Call, words: AddressWords) => boolean;

/**
 * The rules in order, found by where a call goes: a decision looks only at those whose address block, host or path can be meant, so that its time does
 * not grow with their number.
 */
export class RuleIndex {
  readonly #four = new PrefixTree<Candidate>();
  readonly #six = new PrefixTree<Candidate>();
  readonly #hosts = new Map<string, Candidate[]>();
  /** By what names end with that `*.name` is for: `.name`. */
  readonly #wildHosts = new TextEnds<Candidate>('.');
  /** Sockets, by how the paths begin that are meant. */
  readonly #paths = new TextStarts<Candidate>();
  readonly #netlink: Candidate[] = [];
  /** Of any family. */
  readonly #others: Candidate[] = [];
  /** Where a call is looked for: lists in order. Used again and again. */
  readonly #found: (readonly Candidate[])[] = [];
  /** Rules with the same ports share a list, so that it is at hand. */
  readonly #ports = new Map<string, readonly PortRange[]>();
  #namesHosts = false;

  constructor(rules: readonly Rule[]) {
    for (const [order, rule] of rules.entries()) this.#add(rule, order);
  }

  /** The first rule that matches. */
  first(call: Call): Rule | null {
    const found = this.#found;
    found.length = 0;
    const words = this.#collect(call, found);
    let best: Candidate | null = null;
    for (const list of found) best = earlier(list, best, call, words);
    return best === null ? null : best.rule;
  }

  /** Appends lists of which each is in the order of rules; returns the address. */
  #collect(call: Call, found: (readonly Candidate[])[]): AddressWords {
    const { family, addr } = call;
    let words = noAddress;
    if (family === 'AF_INET' || family === 'AF_INET6') {
      words = (addr === null ? null : addressWords(addr)) ?? noAddress;
      if (words !== noAddress) (words.length === 1 ? this.#four : this.#six).find(words, found);
      if (this.#namesHosts && words !== noAddress && call.names) for (const name of call.names) this.#collectHosts(name, found);
    } else if (family === 'AF_UNIX') this.#paths.find(addr ?? '', found);
    else if (family === 'AF_NETLINK') found.push(this.#netlink);
    if (this.#others.length > 0) found.push(this.#others);
    return words;
  }

  #collectHosts(name: string, found: (readonly Candidate[])[]): void {
    const named = this.#hosts.get(name);
    if (named !== undefined) found.push(named);
    this.#wildHosts.find(name, found);
  }

  #add(rule: Rule, order: number): void {
    if (!isPolicyRule(rule)) this.#addTarget(rule, rule, order);
    else if (rule.conditions.hosts) this.#addHosts(rule, order);
    else for (const target of rule.targets) this.#addTarget(target, rule, order);
  }

  #addHosts(rule: PolicyRule, order: number): void {
    this.#namesHosts = true;
    for (const target of rule.targets) {
      const block = blockOf(target);
      if (block === null) {
        this.#addTarget(target, rule, order);
        continue;
      }
      const candidate = { order, rule, ports: this.#portsOf(block), asks: ofHost(block, rule) };
      for (const { wild, name } of rule.conditions.hosts ?? []) {
        if (wild) this.#wildHosts.add(`.${name}`, candidate);
        else addTo(this.#hosts, name, candidate);
      }
    }
  }

  #addTarget(target: Target | Rule, rule: Rule, order: number): void {
    const block = blockOf(target);
    if (block !== null) {
      const candidate = { order, rule, ports: this.#portsOf(block), asks: isPolicyRule(rule) ? (call: Call) => rule.holds(call) : null };
      (block.words.length === 1 ? this.#four : this.#six).add(block.words, block.length, candidate);
      return;
    }
    const candidate = { order, rule, ports: null, asks: ofTarget(target, rule) };
    if ('glob' in target) this.#paths.add(literalStart(target.glob), candidate);
    else if (target.family === 'AF_NETLINK') this.#netlink.push(candidate);
    else this.#others.push(candidate);
  }

  #portsOf({ target: { ports } }: Block): readonly PortRange[] | null {
    if (ports === null) return null;
    const key = portsText(ports);
    const shared = this.#ports.get(key) ?? ports;
    this.#ports.set(key, shared);
    return shared;
  }
}

/** The first of a list that matches, where it comes before `best`. */
const earlier = (list: readonly Candidate[], best: Candidate | null, call: Call, words: AddressWords): Candidate | null => {
  for (const candidate of list) {
    if (best !== null && best.order <= candidate.order) return best;
    const { ports, asks } = candidate;
    if ((ports === null || includesPort(ports, call.port)) && (asks === null || asks(call, words))) return candidate;
  }
  return best;
};

/** Of a call to one of its hosts. */
const ofHost = ({ words: block, length }: Block, rule: PolicyRule): Question => {
  const holds = 'holdsForHost' in rule ? (call: Call) => rule.holdsForHost(call) : (call: Call) => (rule as PolicyRule).holds(call);
  const isBare = Object.values(rule.conditions).filter((condition) => condition !== undefined).length === 1;
  if (isBare && length === 0) return block.length === 1 ? isFour : isSix;
  return (call, words) => startsWith(words, block, length) && holds(call);
};

const isFour: Question = (_, words) => words.length === 1;
const isSix: Question = (_, words) => words.length === 4;

const ofTarget = (target: Target | Rule, rule: Rule): Question =>
  isPolicyRule(rule) ? (call) => target.matches(call) && rule.holds(call) : (call) => target.matches(call);

type Block = { readonly target: IPv4Rule | IPv6Rule; readonly words: AddressWords; readonly length: number };

/** The block of a rule for addresses; null for any other kind, and for a rule of another make. */
export const blockOf = (target: Target | Rule): Block | null => {
  if (!('cidr' in target) || !('ports' in target)) return null;
  const [address = '', length = ''] = target.cidr.split('/');
  const words = addressWords(address);
  return words && words.length === (target.family === 'AF_INET' ? 1 : 4) ? { target, words, length: Number(length) } : null;
};

/** By what it can do: it may come from another copy of this package. */
export const isPolicyRule = (rule: Rule): rule is PolicyRule => 'holds' in rule;

const noAddress: AddressWords = [];
