import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob } from '../../src/allowlist/glob.js';

const matches = (pattern: string, path: string): boolean => compileGlob(pattern)(path);

test.each([
  ['*.test.ts', 'a.test.ts', true],
  ['*.test.ts', 'x/a.test.ts', false],
  ['**/*.test.ts', 'a.test.ts', true],
  ['**/*.test.ts', 'x/y/a.test.ts', true],
  ['x/**', 'x/y/a.ts', true],
  ['x/**', 'x', false],
  ['x/**/a.ts', 'x/a.ts', true],
  ['x/**/a.ts', 'x/y/z/a.ts', true],
  ['x/**/a.ts', 'xy/a.ts', false],
  ['x**/a.ts', 'xyz/q/a.ts', true],
  ['./x/a.ts', 'x/a.ts', true],
  ['?.ts', 'a.ts', true],
  ['x?a.ts', 'x/a.ts', false],
  ['[ab].ts', 'b.ts', true],
  ['[!ab].ts', 'b.ts', false],
  ['x[!a]a.ts', 'x/a.ts', false],
  ['{a,b/c}.ts', 'b/c.ts', true],
  ['{a,b}.ts', 'c.ts', false],
  ['{a}.ts', '{a}.ts', true],
  ['pages/[id].test.ts', 'pages/[id].test.ts', true],
  ['A.ts', 'a.ts', false],
  ['*', '.hidden', true],
])('%s on %s: %s', (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

/** The definition, by recursion; slow and short. `start`: a folder's or file's name begins here. */
const naive = (pattern: string, text: string, start = true): boolean => {
  if (pattern === '') return text === '';
  const eat = (rest: string): boolean => text !== '' && naive(rest, text.slice(1), text[0] === '/');
  if (start && pattern.startsWith('**/')) {
    const slash = text.indexOf('/');
    return naive(pattern.slice(3), text, true) || (slash !== -1 && naive(pattern, text.slice(slash + 1), true));
  }
  if (pattern.startsWith('**')) return naive(pattern.slice(2), text, start) || eat(pattern);
  if (pattern[0] === '*') return naive(pattern.slice(1), text, start) || (text[0] !== '/' && eat(pattern));
  if (pattern[0] === '?') return text[0] !== '/' && eat(pattern.slice(1));
  return text[0] === pattern[0] && eat(pattern.slice(1));
};

test('patterns match as their definition says', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', '/', '*', '?', '**/', '/**'), { maxLength: 7 }).map((parts) => parts.join(''));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
  fc.assert(
    // More than two stars in a row have no meaning of their own.
    fc.property(pattern, text, (glob, path) => {
      fc.pre(!glob.includes('***') && !glob.startsWith('./'));
      expect(matches(glob, path)).toBe(glob === path || naive(glob, path));
    }),
    { numRuns: 5000 },
  );
});

test('a hostile pattern ends, and one that stands for too many is refused', () => {
  expect(matches(`${'**/*a'.repeat(200)}b`, 'a/'.repeat(1000))).toBe(false);
  expect(() => compileGlob('{a,b}'.repeat(20))).toThrow(expect.objectContaining({ code: 'ALLOWLIST_VALUE' }));
  expect(matches(`{${','.repeat(50_000)}`, 'x')).toBe(false);
});
