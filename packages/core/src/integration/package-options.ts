import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporterNames } from '../delivery/choice.js';
import { formats } from '../delivery/formats.js';
import { NetauditError } from '../model/error.js';
import type { AdapterOptions } from './options.js';

/**
 * The options under the key "netaudit" of `cwd`'s package.json, for frameworks whose one line has no place for options; none when there is no
 * such key or file. Throws a NetauditError (OPTION) that names the file for what is not an option or not a value of one.
 */
export const optionsFromPackage = (cwd: string): AdapterOptions => {
  const file = join(cwd, 'package.json');
  const given = existsSync(file) ? netauditKey(file) : undefined;
  if (given === undefined) return {};
  if (!isRecord(given)) throw mistake(file, `"netaudit" is ${JSON.stringify(given)}`, 'an object of options');
  for (const [name, value] of Object.entries(given)) {
    const option = Object.hasOwn(values, name) ? values[name as keyof AdapterOptions] : undefined;
    if (!option) throw mistake(file, `netaudit has no option '${name}'`, Object.keys(values).join(', '));
    if (!option.holds(value)) throw mistake(file, `netaudit.${name} is ${JSON.stringify(value)}`, option.allowed);
  }
  return given as AdapterOptions;
};

const netauditKey = (file: string): unknown => {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRecord(content) ? content.netaudit : undefined;
  } catch (cause) {
    throw mistake(file, `it can not be read: ${(cause as Error).message}`, 'JSON');
  }
};

const mistake = (file: string, found: string, allowed: string): NetauditError =>
  new NetauditError('OPTION', { found: `${file}: ${found}`, allowed });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Values = { readonly allowed: string; readonly holds: (value: unknown) => boolean };

const oneOf = (...words: readonly unknown[]): Values => ({ allowed: words.join(', '), holds: (value) => words.includes(value) });

const isReport = (value: unknown): boolean =>
  isRecord(value) && typeof value.file === 'string' && typeof value.format === 'string' && Object.hasOwn(formats, value.format);

/** What JSON can say of each option: an allowlist is a path here. */
const values: Readonly<Record<keyof AdapterOptions, Values>> = {
  allowlist: { allowed: 'the path of a YAML file', holds: (value) => typeof value === 'string' },
  baseline: { allowed: 'the path of a baseline file', holds: (value) => typeof value === 'string' },
  mode: oneOf('fail', 'warn', 'report'),
  enabled: oneOf(true, false),
  report: {
    allowed: `a list of { "format", "file" }, format one of ${Object.keys(formats).join(', ')}`,
    holds: (value) => Array.isArray(value) && value.every(isReport),
  },
  reporters: {
    allowed: `a list of "NAME" and "NAME=FILE", NAME one of ${reporterNames.join(', ')}`,
    holds: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  },
  ciReporters: oneOf(true, false),
  verbose: oneOf(true, false),
  whenUnaudited: oneOf('fail', 'warn'),
  coverage: oneOf('all'),
};
