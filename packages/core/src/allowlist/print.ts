import { yaml } from '../libraries/load.js';
import { positionText } from '../model/error.js';
import { printableLines } from '../model/printable.js';
import type { AllowList } from './allowlist.js';
import type { RuleEntry } from './policy-rule.js';
import type { Rule } from './rule.js';

/** One rule as it counts: what it does, from where, what it is for, and its entry in the file (null for rules that are built in or of a program). */
export type PrintedRule = {
  readonly effect: 'allow' | 'deny';
  /** `built in`, `program`, or `file:line:column`. */
  readonly origin: string;
  readonly name: string;
  readonly text: string;
  readonly entry: object | null;
};

/** A setting with its value and where it is from: a file, or `default`. */
export type PrintedSetting = { readonly value: unknown; readonly origin: string };

/** A policy as it counts: all its files together, in the order in which rules are tried. */
export type PrintedPolicy = {
  readonly files: readonly string[];
  readonly settings: Readonly<Record<string, PrintedSetting>>;
  readonly rules: readonly PrintedRule[];
};

/** What a policy comes to, with the origin of each part. */
export const describePolicy = (allowlist: AllowList): PrintedPolicy => {
  const { rules, ownRules, entries, origins, loopback, findings, acceptBlindSpots } = allowlist;
  const from = (key: string, value: unknown): PrintedSetting => ({ value, origin: origins?.settings[key] ?? 'default' });
  const builtins = rules.slice(0, rules.length - ownRules.length);
  return {
    files: origins?.files ?? [],
    settings: {
      includes_builtins: from(
        'includes_builtins',
        builtins.some(({ name }) => name === 'unix (builtin)'),
      ),
      loopback: from('loopback', loopback),
      ...Object.fromEntries(Object.entries(findings).map(([code, level]) => [`findings.${code}`, from(`findings.${code}`, level)])),
      accept_blind_spots: from('accept_blind_spots', acceptBlindSpots),
    },
    rules: [
      ...entries.filter(({ effect }) => effect === 'deny').map(printedEntry),
      ...builtins.map(builtin),
      ...entries.filter(({ effect }) => effect === 'allow').map(printedEntry),
    ],
  };
};

/** The same as a `netaudit.yaml` that says it all at once, with comments for origins. */
export const effectivePolicyText = (allowlist: AllowList): string => {
  const { files, settings, rules } = describePolicy(allowlist);
  const own = rules.filter(({ entry }) => entry !== null);
  const lines = [
    `# effective policy of ${files.length > 0 ? files.join(', ') : 'the built-in rules alone'}`,
    'version: 1',
    ...['includes_builtins', 'loopback', 'accept_blind_spots'].flatMap((key) => settingLines(key, settings[key])),
    'findings:',
    ...Object.entries(settings).flatMap(([key, setting]) =>
      key.startsWith('findings.') ? settingLines(`  ${key.slice(9)}`, setting) : [],
    ),
    ...listLines('deny', own),
    ...rules.flatMap(({ origin, name, text }) => (origin === 'built in' ? [`# built in: ${name}: ${text}`] : [])),
    ...listLines('allow', own),
  ];
  return printableLines(lines.join('\n'));
};

const settingLines = (key: string, setting: PrintedSetting | undefined): string[] =>
  setting && setting.value !== null ? [`${key}: ${JSON.stringify(setting.value)} # ${setting.origin}`] : [];

const listLines = (effect: RuleEntry['effect'], rules: readonly PrintedRule[]): string[] => {
  const of = rules.filter((rule) => rule.effect === effect);
  const entries = of.flatMap(({ entry, origin }) => [
    `  # ${origin}`,
    ...yaml()
      .stringify([entry], { flowCollectionPadding: false })
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ]);
  return of.length === 0 ? [] : [effect === 'deny' ? 'deny:' : 'allowlist:', ...entries];
};

const builtin = (rule: Rule): PrintedRule => ({ effect: 'allow', origin: 'built in', name: rule.name, text: String(rule), entry: null });

const printedEntry = ({ rule, effect, at, written }: RuleEntry): PrintedRule => ({
  effect,
  origin: at ? positionText(at) : 'program',
  name: rule.name,
  text: String(rule),
  entry: written ?? null,
});
