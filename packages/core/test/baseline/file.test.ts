import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Baseline, type BaselineEntry, parseBaseline, renderBaseline } from '../../src/index.js';
import { folderWith } from '../folder.js';

const text = fc.string({ unit: 'binary', minLength: 1 }).map((value) => Buffer.from(value).toString());
const entry: fc.Arbitrary<BaselineEntry> = fc.oneof(
  fc.record({ file: text, kind: fc.constantFrom('test', 'suite'), title: text, to: text }),
  fc.record({ file: text, project: text, kind: fc.constant('test'), title: text, to: text }),
  fc.record({ file: text, kind: fc.constantFrom('import', 'file'), title: fc.constant(''), to: text }),
  fc.record({ file: fc.constant(null), kind: fc.constant('run'), title: fc.constant(''), to: text }),
);

test('what is written is read again, whatever the names are, on one line each, in an order that does not depend on the input', () => {
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: (value) => JSON.stringify(value), maxLength: 20 }), (entries) => {
      const written = renderBaseline(entries);
      expect(written.match(/^ {2}- /gm)?.length ?? 0).toBe(entries.length);
      expect(new Set(parseBaseline(written, 'b').map((each) => JSON.stringify(each)))).toEqual(
        new Set(entries.map((each) => JSON.stringify(ordered(each)))),
      );
      expect(renderBaseline(entries.toReversed())).toBe(written);
      expect(renderBaseline(parseBaseline(written, 'b'))).toBe(written);
    }),
    { numRuns: 200 },
  );
});

const ordered = ({ project, file, kind, title, to }: BaselineEntry) => ({
  ...(project !== undefined && { project }),
  file,
  kind,
  title,
  to,
});

test.each<[string, string, RegExp]>([
  ['an empty file', '', /^b\.yaml:1:1: the baseline is not a mapping/],
  ['another version', 'version: 2\nknown: []\n', /^b\.yaml:1:10: the version of the baseline/],
  ['no list', 'version: 1\n', /^b\.yaml:1:1: the baseline has no list/],
  ['an unknown key', 'version: 1\nknown:\n  - { file: a, tset: b, to: c }\n', /^b\.yaml:3:16: unknown key 'tset'/],
  ['a key twice', 'version: 1\nknown:\n  - { file: a, file: b, test: t, to: c }\n', /^b\.yaml:3:16: the key 'file' stands there twice/],
  ['no destination', 'version: 1\nknown:\n  - { file: a, test: b }\n', /^b\.yaml:3:5: the entry does not say where/],
  ['no scope', 'version: 1\nknown:\n  - { file: a, to: c }\n', /^b\.yaml:3:5: the entry does not name one scope/],
  ['two scopes', 'version: 1\nknown:\n  - { file: a, test: b, hooks: c, to: d }\n', /^b\.yaml:3:5: the entry does not name one scope/],
  ['no file', 'version: 1\nknown:\n  - { test: b, to: c }\n', /^b\.yaml:3:5: the entry names no file/],
  ['a list for a text', 'version: 1\nknown:\n  - { file: [a], test: b, to: c }\n', /^b\.yaml:3:13: the value is not text/],
  [
    'an alias',
    'version: 1\nknown:\n  - { file: &a x, test: t, to: c }\n  - { file: *a, test: t, to: c }\n',
    /^b\.yaml:4:13: the value is not text/,
  ],
  ['a merge conflict', 'version: 1\nknown:\n<<<<<<< ours\n  - { file: a, test: b, to: c }\n=======\n>>>>>>> theirs\n', /merge conflict/],
  ['a deep nest', `version: 1\nknown: ${'['.repeat(200_000)}`, /nested too deeply/],
])('%s is one mistake with its place', (_name, source, expected) => {
  expect(() => parseBaseline(source, 'b.yaml')).toThrow(
    expect.objectContaining({ code: 'BASELINE_SYNTAX', message: expect.stringMatching(expected) }),
  );
});

test('several mistakes are told at once', () => {
  const source = 'version: 1\nknown:\n  - { file: a, to: c }\n  - { fiel: a, test: t, to: c }\n';
  try {
    parseBaseline(source, 'b.yaml');
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ details: { others: [expect.stringContaining("b.yaml:4:7: unknown key 'fiel'")] } });
  }
});

test('a file that is not there, is a folder, or is no UTF-8 is said so', () => {
  const folder = folderWith({ bytes: Buffer.from([0xff, 0xfe]) });
  for (const [name, expected] of [
    ['none', /no such file; write it from a report: netaudit baseline/],
    ['.', /it is a folder/],
    ['bytes', /it is not UTF-8/],
  ] as const)
    expect(() => Baseline.fromFile(join(folder, name))).toThrow(
      expect.objectContaining({ code: 'BASELINE_READ', message: expect.stringMatching(expected) }),
    );
});

test('a file that is written another way is the same, and comments and quotes do not matter', () => {
  const plain = 'version: 1\nknown:\n  - { file: "a.ts", test: "s > t", to: "h:1" }\n  - { during: "run", to: "h:2" }\n';
  const other = '# mine\nversion: 1\nknown:\n- file: a.ts # why\n  test: s > t\n  to: h:1\n- {to: "h:2", during: run}\n';
  expect(parseBaseline(other, 'b')).toEqual(parseBaseline(plain, 'b'));
  expect(parseBaseline(plain.replaceAll('\n', '\r\n'), 'b')).toEqual(parseBaseline(plain, 'b'));
});

test('a large file that is not ours is refused without being read as YAML', () => {
  const bomb = `version: 1\nknown:\n${'  - &a [*a, *a]\n'.repeat(300_000)}`;
  expect(() => parseBaseline(bomb, 'b.yaml')).toThrow(/^b\.yaml:1:1: the baseline is larger than 256 KiB, and not as netaudit writes it/);
});
