import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AllowList, NetauditError } from '../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'netaudit-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const errorOf = (make: () => unknown): NetauditError => {
  try {
    make();
  } catch (error) {
    if (error instanceof NetauditError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test('a file is loaded, and its errors name it', () => {
  expect(AllowList.fromFile(fileOf('good.yaml', 'version: 1\nallowlist:\n  - {family: AF_INET, addr: 10.0.0.1}\n')).ownRules).toHaveLength(
    1,
  );
  const bad = fileOf('bad.yaml', 'version: 1\r\nallowlist:\r\n  - family: AF_INET\r\n    addr: 10.0.0.256\r\n');
  expect(errorOf(() => AllowList.fromFile(bad))).toMatchObject({
    code: 'ALLOWLIST_ADDRESS',
    details: { at: { file: bad, line: 4, column: 11 } },
  });
});

test('a byte order mark does not move positions', () => {
  const path = fileOf('bom.yaml', '\ufeffversion: 2\n');
  expect(errorOf(() => AllowList.fromFile(path)).details.at).toEqual({ file: path, line: 1, column: 10 });
});

test.each([
  ['a NUL byte', Buffer.from('version: 1\n\0')],
  ['Latin-1', Buffer.from('version: 1 # caf\xe9\n', 'latin1')],
  ['UTF-16', Buffer.from('\ufeffversion: 1\n', 'utf16le')],
  ['more than 1 MiB', Buffer.from(`version: 1\n${'#'.repeat(1024 * 1024)}`)],
])('%s is refused', (name, content) => {
  expect(errorOf(() => AllowList.fromFile(fileOf(name.replaceAll(' ', '-'), content))).code).toBe('ALLOWLIST_READ');
});

test('exactly 1 MiB is read', () => {
  const text = 'version: 1\n#'.padEnd(1024 * 1024, '#');
  expect(AllowList.fromFile(fileOf('large.yaml', text)).ownRules).toEqual([]);
});

test('a missing file, a folder and an endless device are refused', () => {
  expect(errorOf(() => AllowList.fromFile(join(folder, 'none.yaml')))).toMatchObject({
    code: 'ALLOWLIST_READ',
    details: { found: expect.stringContaining('no such file') },
  });
  expect(errorOf(() => AllowList.fromFile(folder)).code).toBe('ALLOWLIST_READ');
  expect(errorOf(() => AllowList.fromFile('/dev/zero')).code).toBe('ALLOWLIST_READ');
});

test('a file that may not be read is refused', () => {
  const path = fileOf('secret.yaml', 'version: 1\n');
  chmodSync(path, 0);
  expect(asOrdinaryUser(() => errorOf(() => AllowList.fromFile(path))).details.found).toContain('permission denied');
});

/** Root may read every file, so it lays that right down for the call. */
const asOrdinaryUser = <Result>(call: () => Result): Result => {
  if (process.geteuid?.() !== 0) return call();
  process.seteuid?.(65_534);
  try {
    return call();
  } finally {
    process.seteuid?.(0);
  }
};

test.each([
  ['flow lists', '['.repeat(500_000)],
  ['flow mappings', '{a: '.repeat(200_000)],
  ['block lists on a line', '- '.repeat(500_000)],
  ['explicit keys', '? '.repeat(500_000)],
  ['mappings by indentation', Array.from({ length: 1400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('deeply nested %s are refused before they are built', (_name, text) => {
  expect(errorOf(() => AllowList.fromYaml(text, 'deep.yaml'))).toMatchObject({
    code: 'ALLOWLIST_SYNTAX',
    details: { found: 'the file is nested too deeply' },
  });
});

test('an error of a file with thousands of mistakes stays readable', () => {
  const { details } = errorOf(() => AllowList.fromYaml(`version: 1\nallowlist:\n${'  - family: x\n'.repeat(5000)}`, 'many.yaml'));
  expect(details.at?.line).toBe(3);
  expect(details.others).toHaveLength(50);
});

test('a very long line is cut in the frame', () => {
  const { details } = errorOf(() => AllowList.fromYaml(`version: ${'9'.repeat(500_000)}\n`, 'long.yaml'));
  expect(details.frame?.length).toBeLessThan(1000);
});
