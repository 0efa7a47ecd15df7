import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorMeanings, NetauditError, problemMeanings } from '../../src/index.js';

const folder = new URL('../../../../docs/errors/', import.meta.url);
const head = `# Errors

Every mistake in a policy, an option, the environment or the command line has a code. A message has the place (\`file:line:column\`), what was found, what is allowed, how to
mend it, and the code: \`[NA104 ALLOWLIST_KEY]\`. Several mistakes of one file are told at once. The exit code is 3; it is 2 where the machine is what stands in the way
(NA001, NA002, NA003, NA005). Numbers and names never change their meaning. \`netaudit explain NA104\` prints the page of a code.

| code | name | what it means |
| --- | --- | --- |
`;

const problemHead = `
# Problems

What a report tells has a number too, by which machine formats ([reports.md](../reports.md)) name it.

| code | name | what it means |
| --- | --- | --- |
`;

/** The page of each code, and the list of all. */
const pages = (): Map<string, string> => {
  const rows = [errorMeanings, problemMeanings].map((meanings) =>
    Object.entries(meanings).map(([code, { number, about }]) => `| [${number}](${number}.md) | \`${code}\` | ${about} |\n`),
  );
  const each = Object.entries({ ...errorMeanings, ...problemMeanings }).map(
    ([code, { number, about, fix }]) => [`${number}.md`, `# ${number}\n\n\`${code}\`. ${about}\n\n${fix}\n`] as const,
  );
  return new Map([['README.md', [head, ...(rows[0] ?? []), problemHead, ...(rows[1] ?? [])].join('')], ...each]);
};

test('docs/errors has what the codes mean, a page for each', () => {
  mkdirSync(folder, { recursive: true });
  if (process.env.UPDATE === '1') for (const [name, text] of pages()) writeFileSync(new URL(name, folder), text);
  expect(readdirSync(folder).toSorted()).toEqual([...pages().keys()].toSorted());
  for (const [name, text] of pages()) expect(readFileSync(new URL(name, folder), 'utf8')).toBe(text);
});

test('every code has a number of its own, which messages have', () => {
  const numbers = Object.values({ ...errorMeanings, ...problemMeanings }).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((number) => /^NA\d{3}$/.test(number))).toBe(true);
  expect(new NetauditError('OPTION', { found: 'x' })).toMatchObject({ number: 'NA502', message: 'x [NA502 OPTION]' });
});
