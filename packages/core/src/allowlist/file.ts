import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type ErrorDetails, NetauditError } from '../model/error.js';

/** The text of an allowlist file, at most 1 MiB of UTF-8; throws ALLOWLIST_READ. */
export const readAllowListFile = (path: string): string => {
  const bytes = readUpTo(path, LIMIT + 1);
  if (bytes.length > LIMIT) throw refuse(path, { found: 'the file is larger than 1 MiB', allowed: 'at most 1 MiB' });
  if (bytes.includes(0)) throw refuse(path, { found: 'the file is binary: it holds a NUL byte', allowed: 'YAML in UTF-8' });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refuse(path, { found: 'the file is not UTF-8', allowed: 'YAML in UTF-8', cause });
  }
};

/** Reads no more than `limit` bytes, so that no file and no device can fill memory. */
const readUpTo = (path: string, limit: number): Buffer => {
  try {
    const descriptor = openSync(path, 'r');
    try {
      return readDescriptor(descriptor, limit);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw refuse(path, { found: `cannot read the allowlist: ${reasonOf(cause)}`, cause });
  }
};

const readDescriptor = (descriptor: number, limit: number): Buffer => {
  if (fstatSync(descriptor).isDirectory()) throw new Error('it is a directory');
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit) {
    const read = readSync(descriptor, buffer, length, limit - length, null);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
};

const reasonOf = (cause: unknown): string => {
  const { code, message } = cause as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = { ENOENT: 'no such file', EACCES: 'permission denied', EISDIR: 'it is a directory' };
  return known[code ?? ''] ?? code ?? message;
};

const refuse = (file: string, details: ErrorDetails): NetauditError =>
  new NetauditError('ALLOWLIST_READ', { ...details, at: { file, line: 1, column: 1 } });

const LIMIT = 1024 * 1024;
