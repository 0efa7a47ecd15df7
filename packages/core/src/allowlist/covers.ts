import type { Conditions } from './conditions.js';
import { escapePattern } from './fnmatch.js';
import { hostText, matchesHost } from './host.js';
import type { Target } from './policy-rule.js';
import type { PortRange } from './ports.js';
import { PrefixTree, startsWith } from './prefix-tree.js';
import type { Rule } from './rule.js';
import { blockOf, isPolicyRule } from './rule-index.js';

/** Rules among which to look for one that matches whatever another does. */
export type CoverIndex = {
  add(rule: Rule): void;
  /** A rule that was added and matches whatever `rule` matches, null where none is found. */
  coverOf(rule: Rule): Rule | null;
};

/** Finds by address, host and path, so that many rules take no more than a moment. */
export const coverIndex = (rules: readonly Rule[]): CoverIndex => {
  const blocks = { four: new PrefixTree<Rule>(), six: new PrefixTree<Rule>() };
  const hosts = new Map<string, Rule[]>();
  const others: Rule[] = [];
  const add = (rule: Rule): void => {
    const named = hostsOf(rule);
    for (const host of named) hosts.set(hostText(host), [...(hosts.get(hostText(host)) ?? []).slice(0, mostAlike), rule]);
    if (named.length > 0) return;
    for (const target of targetsOf(rule)) {
      const block = blockOf(target);
      if (block) (block.words.length === 1 ? blocks.four : blocks.six).add(block.words, block.length, rule);
      else if (others.length < mostOthers) others.push(rule);
    }
  };
  const blocksAbove = ({ words, length }: Block): readonly Rule[] => {
    const lists: (readonly Rule[])[] = [];
    (words.length === 1 ? blocks.four : blocks.six).find(words, lists, length);
    return lists.flat();
  };
  const near = (rule: Rule): readonly Rule[] => {
    const found: Rule[] = [];
    for (const { wild, name } of hostsOf(rule)) {
      found.push(...(hosts.get(hostText({ wild, name })) ?? []));
      const labels = name.split('.');
      for (const [index] of labels.entries()) found.push(...(hosts.get(`*.${labels.slice(index + 1).join('.')}`) ?? []));
    }
    for (const target of targetsOf(rule)) {
      const block = blockOf(target);
      if (block) found.push(...blocksAbove(block));
      else found.push(...others);
    }
    return found;
  };
  for (const rule of rules) add(rule);
  return {
    add,
    coverOf: (rule) =>
      near(rule)
        .slice(0, mostOthers)
        .find((other) => covers(other, rule)) ?? null,
  };
};

/** Whether `wide` matches whatever `narrow` matches, as far as that can be told from how they are written. */
const covers = (wide: Rule, narrow: Rule): boolean =>
  asks(wide, narrow) && targetsOf(narrow).every((target) => targetsOf(wide).some((other) => coversTarget(other, target)));

/** Whether what `wide` asks beside where a call goes, `narrow` asks too. */
const asks = (wide: Rule, narrow: Rule): boolean => {
  const asked = conditionsOf(wide);
  const given = conditionsOf(narrow);
  const { hosts, ...others } = asked;
  const named = hosts === undefined || given.hosts?.every((host) => hosts.some((other) => coversHost(other, host))) === true;
  return named && Object.entries(others).every(([key, value]) => JSON.stringify(value) === JSON.stringify(given[key as keyof Conditions]));
};

type Host = NonNullable<Conditions['hosts']>[number];

const coversHost = (wide: Host, narrow: Host): boolean =>
  (wide.name === narrow.name && wide.wild === narrow.wild) || (wide.wild && matchesHost(wide, narrow.name));

const coversTarget = (wide: Target | Rule, narrow: Target | Rule): boolean => {
  const [one, other] = [blockOf(wide), blockOf(narrow)];
  if (one || other) return one !== null && other !== null && coversBlock(one, other);
  if ('glob' in wide && 'glob' in narrow) {
    const isOnePath = escapePattern(narrow.glob) === narrow.glob;
    return (
      wide.glob === '*' || wide.glob === narrow.glob || (isOnePath && wide.matches({ family: 'AF_UNIX', addr: narrow.glob, port: null }))
    );
  }
  return String(wide) === String(narrow);
};

type Block = NonNullable<ReturnType<typeof blockOf>>;

const coversBlock = (wide: Block, narrow: Block): boolean => {
  if (wide.length > narrow.length || !startsWith(narrow.words, wide.words, wide.length)) return false;
  return coversPorts(wide.target.ports, narrow.target.ports);
};

const coversPorts = (wide: readonly PortRange[] | null, narrow: readonly PortRange[] | null): boolean => {
  if (wide === null) return true;
  return narrow?.every(({ low, high }) => wide.some((range) => range.low <= low && high <= range.high)) ?? false;
};

const targetsOf = (rule: Rule): readonly (Target | Rule)[] => (isPolicyRule(rule) ? rule.targets : [rule]);
const conditionsOf = (rule: Rule): Conditions => (isPolicyRule(rule) ? rule.conditions : {});
const hostsOf = (rule: Rule): readonly Host[] => conditionsOf(rule).hosts ?? [];

/** How many rules are compared at most. */
const mostOthers = 1000;
const mostAlike = 100;
