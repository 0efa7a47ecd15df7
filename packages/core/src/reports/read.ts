import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NetauditError } from '../model/error.js';
import type { Report, ViolationScope } from '../model/report.js';
import { type RootSchema, shapeMistake } from './shape.js';

/** A report that was read, and where it is from. Its `events` are not read back: they are none. */
export type ReadReport = { readonly file: string; readonly report: Report };

/** The report that `--format json` wrote to the file, at most 256 MiB; throws REPORT_READ with what is wrong with it. */
export const readReport = (file: string): ReadReport => ({ file, report: reportFromJson(readReportFile(file).toString(), file) });

/** As readReport, for the text of a file; `file` is for messages. */
export const reportFromJson = (text: string, file: string): Report => {
  const value = parsed(text, file);
  const mistake = shapeMistake(value, schema());
  if (mistake !== null) throw refuse(file, `it is no report of netaudit: ${mistake}`, HOW);
  return revived(value as Written);
};

/** A report as it is written, and as we know it. */
export type WrittenReport = { readonly written: Readonly<Record<string, unknown>>; readonly report: Report };

/** As reportFromJson, but keys that no report has are refused too; what is wrong is returned as text. */
export const strictReportFromJson = (text: string): WrittenReport | string => {
  try {
    const value: unknown = JSON.parse(text);
    const mistake = shapeMistake(value, schema(), true);
    return mistake ?? { written: value as WrittenReport['written'], report: revived(value as Written) };
  } catch (cause) {
    return (cause as Error).message.split('\n')[0] ?? 'no JSON';
  }
};

/** The document of reporters/json.ts; what it writes under other names is given ours back. */
type Written = Omit<Report, 'violations' | 'findings' | 'baseline' | 'unusedNames' | 'events'> & {
  readonly violations: readonly (Report['violations'][number] & { readonly scopes: readonly WrittenScope[] })[];
  readonly findings?: readonly (NonNullable<Report['findings']>[number] & { readonly scopes: readonly WrittenScope[] })[];
  readonly baseline?: NonNullable<Report['baseline']>;
  readonly queriesWithoutConnection?: NonNullable<Report['unusedNames']>;
};

type WrittenScope = Omit<ViolationScope, 'testAttempts'> & {
  readonly testAttempts?: readonly number[];
  readonly testAttemptsRun?: number;
};

const revived = ({ queriesWithoutConnection, ...written }: Written): Report => {
  const { schemaVersion: _, summary: __, ...report } = written as typeof written & { schemaVersion: unknown; summary: unknown };
  const { baseline } = report;
  return {
    ...report,
    violations: report.violations.map(withScopes),
    findings: (report.findings ?? []).map(withScopes),
    ...(baseline && { baseline: { ...baseline, known: baseline.known.map(withScopes) } }),
    unusedNames: (queriesWithoutConnection ?? []).map(withScopes),
    events: [],
  };
};

const withScopes = <Item extends { readonly scopes: readonly unknown[] }>(item: Item): Item & { readonly scopes: ViolationScope[] } => ({
  ...item,
  scopes: (item.scopes as readonly WrittenScope[]).map(({ testAttempts: violated, testAttemptsRun: run, ...scope }) => ({
    ...scope,
    ...(violated && run !== undefined && { testAttempts: { violated, run } }),
  })),
});

/** The bytes of a report, at most 256 MiB; throws REPORT_READ. */
export const readReportFile = (file: string): Buffer => {
  try {
    if (statSync(file).size > LIMIT) throw Object.assign(new Error('it is larger than 256 MiB'), { code: 'TOO_LARGE' });
    return readFileSync(file);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw refuse(file, `cannot read the report: ${reasons[code] ?? message}`, code === 'ENOENT' ? HOW : undefined, cause);
  }
};

const parsed = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse(file, `it is no report: ${(cause as Error).message.split('\n')[0]}`, HOW, cause);
  }
};

const refuse = (file: string, found: string, fix: string | undefined, cause?: unknown): NetauditError =>
  new NetauditError('REPORT_READ', { found: `${file}: ${found}`, ...(fix !== undefined && { fix }), cause });

/** By the package's own name: where a bundler puts this code is not known. */
const schema = (): RootSchema => createRequire(import.meta.url)('@netaudit/core/schema/report.json') as RootSchema;

const reasons: Readonly<Record<string, string>> = { ENOENT: 'no such file', EACCES: 'permission denied', EISDIR: 'it is a folder' };

const HOW = "make one with 'netaudit run --format json --output FILE -- COMMAND', or the option report of a framework's plugin";

const LIMIT = 256 * 1024 * 1024;
