import { AllowList } from '../allowlist/allowlist.js';
import type { Rule } from '../allowlist/rule.js';
import type { Mode } from '../audit/verdict.js';
import { Baseline } from '../baseline/baseline.js';
import { isDocument, type ReporterChoice, readReporters, showEveryEvent } from '../delivery/choice.js';
import { withCiReporter } from '../delivery/ci.js';
import { NetauditError } from '../model/error.js';
import type { ReportFormat } from '../reporters/index.js';

/** What a user may set in the one line of a framework's configuration. */
export type AdapterOptions = {
  /**
   * Path of the YAML file, or rules (`IPv4Rule`, … of `@netaudit/core`). Default: `netaudit.yaml` where the run starts and above it in the workspace, else the
   * built-in rules.
   */
  readonly allowlist?: string | readonly Rule[] | AllowList | undefined;
  /** Path of a baseline file: violations that are known, and do not fail. Default: none. */
  readonly baseline?: string | undefined;
  /** What a violation does. `fail` (default): it fails its test and the run. `warn`: it is printed. `report`: it is only written to the reports. */
  readonly mode?: Mode | undefined;
  /** Whether there is an audit at all. Default: `true`. */
  readonly enabled?: boolean | undefined;
  /** Reports, each `NAME` or `NAME=FILE`: files, and, instead of `text`, what is printed. `netaudit run --help` lists the names. */
  readonly reporters?: readonly string[] | undefined;
  /** Default true: under GitHub Actions the reporter `github` is added, under GitLab CI `gitlab=gl-code-quality-report.json`. */
  readonly ciReporters?: boolean | undefined;
  /** The same as `reporters` for files, spelled out. */
  readonly report?: readonly { readonly format: ReportFormat; readonly file: string }[] | undefined;
  /** List allowed connections too. Default: `false`. */
  readonly verbose?: boolean | undefined;
  /** What a run that can not be audited does: `fail` (exit 2; the default where `CI` is set and the mode is `fail`) or `warn` (the default elsewhere). */
  readonly whenUnaudited?: 'fail' | 'warn' | undefined;
  /** `all`: a part of the run that is not audited makes the verdict incomplete. Default: it is named in the report. */
  readonly coverage?: 'all' | undefined;
};

/** Options with every default set and NETAUDIT from the environment applied: `0` switches off, `warn`, `report` and `fail` set the mode. */
export type AdapterSettings = {
  readonly enabled: boolean;
  readonly mode: Mode;
  readonly allowlist: () => AllowList;
  readonly baseline: () => Baseline | null;
  readonly reporters: readonly ReporterChoice[];
  readonly verbose: boolean;
  /** Whether a report shows every event. */
  readonly keepsEvents: boolean;
  readonly unauditedFails: boolean;
  readonly coverage: 'all' | 'any';
};

/** Throws a NetauditError (OPTION) for what is not an option, and names what is. */
export const adapterSettings = (options: AdapterOptions, env: NodeJS.ProcessEnv): AdapterSettings => {
  checkKeys(options);
  const mode = modeOf(env.NETAUDIT ?? options.mode ?? 'fail');
  const coverage = coverageOf(options.coverage);
  const { verbose = false } = options;
  const reporters = options.ciReporters === false ? reportersOf(options) : withCiReporter(reportersOf(options), env);
  return {
    enabled: (options.enabled ?? true) && env.NETAUDIT !== '0',
    mode,
    allowlist: () => allowListOf(options.allowlist),
    baseline: () => baselineOf(options.baseline),
    reporters,
    verbose,
    keepsEvents: verbose || showEveryEvent(reporters),
    unauditedFails: mode === 'fail' && (coverage === 'all' || (options.whenUnaudited ?? (env.CI ? 'fail' : 'warn')) === 'fail'),
    coverage,
  };
};

const checkKeys = (options: AdapterOptions): void => {
  const unknown = Object.keys(options).find((key) => !optionNames.includes(key));
  if (unknown !== undefined)
    throw new NetauditError('OPTION', { found: `netaudit has no option '${unknown}'`, allowed: optionNames.join(', ') });
};

const modeOf = (given: string): Mode => {
  if (given === '0' || given === '1') return 'fail';
  if (given === 'fail' || given === 'warn' || given === 'report') return given;
  throw new NetauditError('OPTION', {
    found: `the mode is '${given}'`,
    allowed: 'fail, warn, report (and 0 or 1 for the variable NETAUDIT)',
  });
};

const coverageOf = (given: unknown): AdapterSettings['coverage'] => {
  if (given === undefined) return 'any';
  if (given === 'all') return given;
  throw new NetauditError('OPTION', { found: `the option coverage is ${JSON.stringify(given)}`, allowed: "'all', or nothing" });
};

/** A framework's stdout is its own: a document has to have a file. */
const reportersOf = ({ reporters = [], report = [] }: AdapterOptions): readonly ReporterChoice[] => {
  if (!Array.isArray(reporters) || !reporters.every((one) => typeof one === 'string'))
    throw new NetauditError('OPTION', {
      found: `the option reporters is ${JSON.stringify(reporters)}`,
      allowed: "a list of 'NAME' and 'NAME=FILE'",
    });
  const choices = readReporters([...reporters, ...report.map(({ format, file }) => `${format}=${file}`)]);
  const document = choices.find(isDocument);
  if (document) throw new NetauditError('OPTION', { found: `reporter '${document.name}' has no file`, allowed: `${document.name}=FILE` });
  return choices;
};

/** An AllowList is known by what it does: the user's may come from another copy of this package. */
const allowListOf = (given: AdapterOptions['allowlist']): AllowList => {
  if (given === undefined) return AllowList.discover('.');
  if (typeof given === 'string') return AllowList.fromFile(given);
  if (Array.isArray(given)) return new AllowList(given as readonly Rule[]);
  if (typeof given === 'object' && 'decide' in given) return given;
  throw new NetauditError('OPTION', {
    found: `the option allowlist is ${typeof given}`,
    allowed: 'a path, an array of rules, or an AllowList',
  });
};

const baselineOf = (given: unknown): Baseline | null => {
  if (given === undefined) return null;
  if (typeof given === 'string') return Baseline.fromFile(given);
  throw new NetauditError('OPTION', { found: `the option baseline is ${typeof given}`, allowed: 'the path of a baseline file' });
};

const optionNames = [
  'allowlist',
  'baseline',
  'mode',
  'enabled',
  'reporters',
  'ciReporters',
  'report',
  'verbose',
  'whenUnaudited',
  'coverage',
];
