import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { NetauditError, type Position } from '../model/error.js';
import type { AllowListOptions } from './allowlist.js';
import { readAllowListFile } from './file.js';
import { type AllowListFile, type Extension, parseAllowList } from './yaml/document.js';

/** Where the settings of a policy come from: files, in the order in which they count. What no file says has no origin. */
export type PolicyOrigins = {
  readonly files: readonly string[];
  readonly settings: Readonly<Record<string, string | undefined>>;
};

/** What several files say together: of rules, those of the first file are tried first; of settings, the first that is written counts. */
export type MergedPolicy = Pick<AllowListFile, 'rules'> & AllowListOptions;

/** A file, and what it extends, each file once; throws a NetauditError for what can not be read, and for a circle. */
export const mergeFiles = (files: readonly string[]): MergedPolicy => {
  const reading: Reading = { layers: new Map(), open: [] };
  for (const file of files) readFile(file, null, reading);
  return merge([...reading.layers.values()]);
};

/** The same for text that is at hand; what it extends is looked for from `file` on. */
export const mergeText = (text: string, file: string): MergedPolicy => {
  const reading: Reading = { layers: new Map(), open: [] };
  readText(text, { file, key: file }, reading);
  return merge([...reading.layers.values()]);
};

type Layer = { readonly file: string; readonly said: AllowListFile };

/** `layers` by the real path of their file; `open`: the files whose extensions are being read. */
type Reading = { readonly layers: Map<string, Layer>; readonly open: readonly string[] };

const readFile = (file: string, from: Position | null, reading: Reading): void => {
  const key = realPath(file);
  if (reading.open.includes(key)) throw refuse(from, { found: `${file} extends itself`, fix: 'take one of the two out' });
  if (reading.layers.has(key)) return;
  if (reading.layers.size >= mostFiles) throw refuse(from, { found: `more than ${mostFiles} files extend each other` });
  readText(readNamed(file, from), { file, key }, reading);
};

/** What can not be looked at is refused when it is read. */
const realPath = (file: string): string => {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
};

/** The place that names a file says more than the file that is not there. */
const readNamed = (file: string, from: Position | null): string => {
  try {
    return readAllowListFile(file);
  } catch (error) {
    if (from === null || !(error instanceof NetauditError)) throw error;
    throw refuse(from, { found: `${file}: ${error.details.found}` });
  }
};

const readText = (text: string, { file, key }: { readonly file: string; readonly key: string }, reading: Reading): void => {
  const said = parseAllowList(text, file);
  reading.layers.set(key, { file, said });
  for (const { name, at } of said.extends) {
    readFile(findExtension({ name, at }, dirname(file)), at, { ...reading, open: [...reading.open, key] });
  }
};

/** A path from the file that names it, or a package that is installed there: its netaudit.yaml, or the file in it that is named. */
const findExtension = ({ name, at }: Extension, folder: string): string => {
  if (/^\.{0,2}\//.test(name) || isAbsolute(name)) return isAbsolute(name) ? name : join(folder, name);
  for (let up = folder === '' ? '.' : folder; ; up = join(up, '..')) {
    const path = join(up, 'node_modules', name);
    if (existsSync(path)) return statSync(path).isDirectory() ? join(path, 'netaudit.yaml') : path;
    if (realPath(up) === realPath(join(up, '..'))) break;
  }
  const fix = `install the package, or write ./${name} for a file beside this one`;
  throw refuse(at, { found: `there is no package '${name}'`, allowed: 'a path that begins with ./ or ../, or a package', fix });
};

const merge = (layers: readonly Layer[]): MergedPolicy => {
  const first = <Key extends keyof AllowListFile>(key: Key): AllowListFile[Key] | undefined =>
    layers.find(({ said }) => said[key] !== undefined)?.said[key];
  return {
    rules: layers.flatMap(({ said }) => said.rules),
    deny: layers.flatMap(({ said }) => said.deny),
    entries: layers.flatMap(({ said }) => said.entries),
    includesBuiltins: first('includesBuiltins'),
    loopback: first('loopback'),
    acceptBlindSpots: first('acceptBlindSpots'),
    findings: Object.assign({}, ...layers.toReversed().map(({ said }) => said.findings)),
    origins: originsOf(layers),
  };
};

const originsOf = (layers: readonly Layer[]): PolicyOrigins => {
  const settings: Record<string, string> = {};
  for (const { file, said } of layers.toReversed()) {
    if (said.includesBuiltins !== undefined) settings.includes_builtins = file;
    if (said.loopback !== undefined) settings.loopback = file;
    if (said.acceptBlindSpots !== undefined) settings.accept_blind_spots = file;
    for (const code of Object.keys(said.findings ?? {})) settings[`findings.${code}`] = file;
  }
  return { files: layers.map(({ file }) => file), settings };
};

const refuse = (
  at: Position | null,
  details: { readonly found: string; readonly allowed?: string; readonly fix?: string },
): NetauditError => new NetauditError('ALLOWLIST_EXTENDS', { ...details, ...(at && { at }) });

const mostFiles = 50;
