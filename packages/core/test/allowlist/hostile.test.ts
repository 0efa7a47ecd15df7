import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { AllowList, NetauditError } from '../../src/index.js';
import { folderWith } from '../folder.js';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const read = (text: string): AllowList | NetauditError => {
  try {
    return AllowList.fromYaml(text, 'hostile.yaml');
  } catch (error) {
    if (error instanceof NetauditError) return error;
    throw error;
  }
};

const fileOf = (name: string): string => join(folderWith(), name);

test('a file of 50 MB is refused, and no more than its first MiB is read', () => {
  const file = fileOf('large.yaml');
  writeFileSync(file, 'version: 1\n');
  const descriptor = openSync(file, 'r+');
  ftruncateSync(descriptor, 50_000_000);
  closeSync(descriptor);
  const before = process.memoryUsage().arrayBuffers;
  expect(() => AllowList.fromFile(file)).toThrow(expect.objectContaining({ code: 'ALLOWLIST_READ' }));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
});

test('a program is no policy', () => {
  expect(() => AllowList.fromFile(process.execPath)).toThrow(expect.objectContaining({ code: 'ALLOWLIST_READ' }));
});

const laughs = Array.from({ length: 30 }, (_, level) => `l${level}: &l${level} [${`*l${level - 1}, `.repeat(level === 0 ? 0 : 9)}x]`).join(
  '\n',
);
const many = (line: string): string => `version: 1\nallowlist:\n${line.repeat(Math.floor(100_000 / line.length))}`;

test.each<[string, string, string]>([
  ['aliases that double', `version: 1\n${laughs}\nallowlist: *l29\n`, 'ALLOWLIST_SYNTAX'],
  ['one alias, many times', `version: 1\nx: &x [${'{},'.repeat(10_000)}]\nallowlist:\n${'  - *x\n'.repeat(10_000)}`, 'ALLOWLIST_SYNTAX'],
  ['empty lists that double', `${laughs.split('\n').slice(0, 10).join('\n').replaceAll('x]', ']')}\nversion: *l9\n`, 'ALLOWLIST_KEY'],
  ['an alias of itself', 'version: 1\nallowlist: &a [*a]\n', 'ALLOWLIST_SYNTAX'],
  ['rules without end', many('- {}\n'), 'ALLOWLIST_VALUE'],
  ['keys without end', `version: 1\n${Array.from({ length: 10_000 }, (_, index) => `key${index}: 1\n`).join('')}`, 'ALLOWLIST_KEY'],
  ['one key without end', `version: 1\n${'k'.repeat(900_000)}: 1\n`, 'ALLOWLIST_SYNTAX'],
  [
    'mistakes without end',
    `version: 1\nallowlist:\n${'- { family: AF_INET, cidr: x, port: [x, y, z] }\n'.repeat(2000)}`,
    'ALLOWLIST_ADDRESS',
  ],
  ['a list of ports without end', many('- { family: AF_INET, addr: 10.0.0.1, port: [').concat('1,'.repeat(10), ']}'), 'ALLOWLIST_SYNTAX'],
  ['braces without end', `version: 1\nallowlist: [{ host: a.test, tests: "${'{a,b}'.repeat(100_000)}" }]\n`, 'ALLOWLIST_VALUE'],
])('%s are refused', (_, text, code) => {
  expect(read(text)).toMatchObject({ code });
});

test('thousands of rules are read', () => {
  const rules = Array.from({ length: 3000 }, (_, index) => `- { host: "*.h${index % 5000}.example.com", port: ${index} }\n`).join('');
  expect(read(`version: 1\nallowlist:\n${rules}`)).toBeInstanceOf(AllowList);
});

/** Parts of policies in any order and depth. */
const word = fc.constantFrom(
  ...[
    'version',
    'allowlist',
    'deny',
    'extends',
    'loopback',
    'findings',
    'family',
    'host',
    'port',
    'tests',
    'preset',
    'expires',
    '__proto__',
  ],
  ...[
    '1',
    'AF_INET',
    '10.0.0.0/8',
    '*.example.com',
    'own-servers',
    'docker',
    '2027-02-30',
    '~',
    '.nan',
    '-1',
    '1e9',
    '"',
    '\u0000',
    '<<',
    '\u{1f98a}',
  ],
);
const piece = fc.oneof(
  word,
  fc.constantFrom(': ', '\n', '\n  ', '\n- ', '[', ']', '{', '}', ', ', '&a ', '*a ', '!!map ', '? ', '| ', '--- ', '# '),
);

test('whatever it holds, a file is read or refused at a place in it', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, begins) => {
      const result = read(`${begins ? 'version: 1\n' : ''}${pieces.join('')}`);
      if (result instanceof AllowList) return;
      expect(result.number).toMatch(/^NA1\d\d$/);
      expect(result.details.at?.line).toBeGreaterThan(0);
      expect(result.details.at?.column).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test('a policy of plain values of any kind is read or refused, never thrown over', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
    list: fc.array(tie('any'), { maxLength: 4 }),
    map: fc.dictionary(word, tie('any'), { maxKeys: 5 }),
  })).map;
  fc.assert(
    fc.property(value, (more) => {
      read(JSON.stringify({ version: 1, ...more }));
    }),
    { numRuns: 500 },
  );
});
