import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { NetauditError } from '../../../model/error.js';

/** One file of `strace -ff -o NAME`: NAME.TID, with the lines of one thread. It may be packed: NAME.TID.gz. */
export type ThreadFile = { readonly path: string; readonly name: string; readonly tid: number };

/** The files of a trace in several ones, and the names of what else is in their folder. */
export type ThreadFiles = { readonly files: readonly ThreadFile[]; readonly others: readonly string[] };

/**
 * The files of a folder, or those of which `path` is the NAME; `null` when it is the path of one file, or of none. Throws TRACE_READ for a folder
 * that holds no such files, or those of several runs.
 */
export const findThreadFiles = (path: string): ThreadFiles | null => {
  if (!existsSync(path)) return findNamed(path);
  return statSync(path).isDirectory() ? findIn(path) : null;
};

const findNamed = (path: string): ThreadFiles | null => {
  const folder = dirname(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return null;
  const files = list(folder).flatMap(({ file, base }) => (file !== null && base === basename(path) ? [file] : []));
  return files.length === 0 ? null : { files, others: [] };
};

const findIn = (folder: string): ThreadFiles => {
  const entries = list(folder);
  const bases = new Set(entries.flatMap(({ file, base }) => (file === null ? [] : [base])));
  if (bases.size === 0) throw refusal(`the folder '${folder}' holds no traces of strace -ff, which are named NAME.TID`);
  if (bases.size > 1) {
    const [first = ''] = bases;
    throw refusal(`the folder '${folder}' holds several traces: ${[...bases].join(', ')}`, `name one, such as ${join(folder, first)}`);
  }
  return {
    files: entries.flatMap(({ file }) => file ?? []),
    others: entries.flatMap(({ file, name }) => (file === null ? [name] : [])),
  };
};

type Entry = { readonly name: string; readonly base: string; readonly file: ThreadFile | null };

const list = (folder: string): readonly Entry[] =>
  readdirSync(folder, { withFileTypes: true }).map((entry): Entry => {
    const [, base = '', tid] = threadName.exec(entry.name) ?? [];
    if (tid === undefined || entry.isDirectory()) return { name: entry.name, base, file: null };
    return { name: entry.name, base, file: { path: join(folder, entry.name), name: entry.name, tid: Number(tid) } };
  });

const refusal = (found: string, fix?: string): NetauditError =>
  new NetauditError('TRACE_READ', { found, ...(fix !== undefined && { fix }) });

const threadName = /^(.*)\.(\d{1,10})(?:\.gz)?$/s;
