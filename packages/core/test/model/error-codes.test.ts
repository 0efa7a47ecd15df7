import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorMeanings, NetauditError } from '../../src/index.js';

const file = new URL('../../../../docs/errors.md', import.meta.url);
const head = `# Errors

Every mistake in a policy, an option, the environment or the command line has a code. A message has the place (\`file:line:column\`), what was found, what is allowed, how to
mend it, and the code: \`[NA104 ALLOWLIST_KEY]\`. Several mistakes of one file are told at once. The exit code is 3; it is 2 where the machine is what stands in the way
(NA001 to NA003). Numbers and names never change their meaning.
`;

const pageOf = (meanings: typeof errorMeanings): string => {
  const sections = Object.entries(meanings).map(([code, { number, about, fix }]) => `\n## ${number}\n\n\`${code}\`. ${about}\n\n${fix}\n`);
  return `${head}${sections.join('')}`;
};

test('docs/errors.md has what the codes mean', () => {
  if (process.env.UPDATE === '1') writeFileSync(file, pageOf(errorMeanings));
  expect(readFileSync(file, 'utf8')).toBe(pageOf(errorMeanings));
});

test('every code has a number of its own, which messages have', () => {
  const numbers = Object.values(errorMeanings).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((number) => /^NA\d{3}$/.test(number))).toBe(true);
  expect(new NetauditError('OPTION', { found: 'x' })).toMatchObject({ number: 'NA502', message: 'x [NA502 OPTION]' });
});
