import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnixSocketRule } from '../../src/index.js';

const matches = (glob: string, addr: string): boolean => new UnixSocketRule(glob).matches({ family: 'AF_UNIX', addr, port: null });

/** The answers of Python's fnmatch.fnmatchcase. */
test.each([
  ['*', '', true],
  ['*', '/run/x.sock', true],
  ['/run/*.sock', '/run/a/b.sock', true],
  ['/run/*', '/run/.hidden', true],
  ['/run/*', '/run', false],
  ['/run/?.sock', '/run/a.sock', true],
  ['/run/?.sock', '/run/ab.sock', false],
  ['/run?x', '/run/x', true],
  ['/run/[ab]', '/run/b', true],
  ['/run/[!ab]', '/run/b', false],
  ['/run/[!ab]', '/run/c', true],
  ['/run/[^ab]', '/run/^', true],
  ['/run/[a-c]', '/run/b', true],
  ['/run/[a-c]', '/run/d', false],
  ['/run/[c-a]', '/run/b', false],
  ['/run/[]]', '/run/]', true],
  ['/run/[!]]', '/run/]', false],
  ['/run/[!]]', '/run/x', true],
  ['/run/[a-]', '/run/-', true],
  ['/run/[-a]', '/run/-', true],
  ['/run/[ab', '/run/[ab', true],
  ['/run/[', '/run/[', true],
  ['/run/[[]x]', '/run/[x]', true],
  ['/run/{a,b}', '/run/a', false],
  ['/run/{a,b}', '/run/{a,b}', true],
  ['/run/+(a)', '/run/aa', false],
  ['!/run/x', '/run/y', false],
  ['/run/\\*', '/run/\\anything', true],
  ['/RUN/x', '/run/x', false],
  ['@*', '@abstract', true],
  ['/run/a\n*', '/run/a\nb', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['/run/?', '/run/🦊', true],
  ['*🦊', '/run/🦊', true],
  ['/run/\ud83e*', '/run/🦊', false],
  ['*\udd8a', '/run/🦊', false],
])('%j on %j: %s', (glob, path, expected) => {
  expect(matches(glob, path)).toBe(expected);
});

/** The definition, by recursion; slow and short. */
const oracle = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === '*') return oracle(rest, text) || (text !== '' && oracle(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && oracle(rest, text.slice(1));
};

test('stars and question marks match as their definition says', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), minLength: 1, maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (glob, path) => {
      expect(matches(glob, path)).toBe(oracle(glob, path));
    }),
    { numRuns: 2000 },
  );
});

test('a hostile pattern ends: it takes at most pattern times text', () => {
  expect(matches('*a'.repeat(2000), 'a'.repeat(1999))).toBe(false);
  expect(matches(`${'*a'.repeat(40)}b`, 'a'.repeat(20_000))).toBe(false);
});
