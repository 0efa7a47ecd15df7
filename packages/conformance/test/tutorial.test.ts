import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { project, testFile } from './policy-project.js';

const page = fileURLToPath(new URL('../../../docs/tutorial.md', import.meta.url));
const policy =
  'version: 1\nincludes_builtins: false\nfindings: { refused-loopback: off, wide-rule: off }\nallowlist:\n  - { family: AF_UNIX, path_glob: "*" }\n  - { family: AF_NETLINK }\n';

/** Three packages with 200 violations: each test file asks a database, a cache and services for what its tests need. */
const packages = { orders: 70, payments: 70, search: 60 } as const;
const port = (at: number): number => 9000 + (at % 7);
const suiteOf = (name: string, count: number, fixed: number): string =>
  testFile(
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name} case ${at + 1}`, at < fixed ? [] : [`127.0.0.1:${port(at)}`]])),
  );

test('a suite with 200 violations over 3 packages goes from init to suggest, baseline, and fixed one by one, as the tutorial shows', {
  timeout: 120_000,
}, async () => {
  const files = Object.entries(packages).flatMap(([name, count]) => [
    [`packages/${name}/package.json`, `{\n  "name": "${name}",\n  "type": "module",\n  "scripts": { "test": "node --test" }\n}\n`],
    [`packages/${name}/${name}.test.mjs`, suiteOf(name, count, 0)],
  ]);
  const { put, netaudit, folder } = project({
    'package.json': '{\n  "private": true,\n  "workspaces": ["packages/*"]\n}\n',
    ...Object.fromEntries(files),
  });
  const told: string[] = [];
  const step = async (words: string, code: number): Promise<string> => {
    const ended = await netaudit(...words.split(' ').map((word) => (word === 'node' ? process.execPath : word)));
    expect({ words, code: ended.code, stderr: ended.stderr.includes('    at ') }).toEqual({ words, code, stderr: false });
    told.push(`$ netaudit ${words}\n${shortened(ended.stdout.includes('TAP version') ? ended.stderr : ended.stdout + ended.stderr)}`);
    return ended.stdout;
  };
  const all = 'node --test --require @netaudit/node-test packages/orders/ packages/payments/ packages/search/';
  const run = (options: string): string =>
    `run ${options}--format json --output netaudit-report.json -- ${all.replace(/packages\/(\w+)\//g, 'packages/$1/$1.test.mjs')}`;

  await step('init --yes', 0);
  put('netaudit.yaml', policy);
  await step(run(''), 1);
  const report = JSON.parse(readFileSync(`${folder}/netaudit-report.json`, 'utf8')) as { violations: { count: number }[] };
  expect(report.violations.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  expect(await step('suggest', 0)).toContain('port: [9000, 9001, 9002, 9003, 9004, 9005, 9006]');
  expect(await step('baseline', 0)).toContain('200 known violations (scopes: 200,');
  await step(run('--baseline netaudit-baseline.yaml '), 0);
  put('packages/orders/orders.test.mjs', suiteOf('orders', packages.orders, 1));
  await step(run('--baseline netaudit-baseline.yaml '), 0);
  expect(await step('baseline --prune', 0)).toContain('has 199 known violations');
  for (const [name, count] of Object.entries(packages)) put(`packages/${name}/${name}.test.mjs`, suiteOf(name, count, count));
  await step(run('--baseline netaudit-baseline.yaml '), 0);
  expect(await step('baseline --prune', 0)).toContain('has 0 known violations');
  await step(run(''), 0);

  const text = `${INTRODUCTION}\n${told.map((block, index) => `${EXPLANATIONS[index] ?? ''}\n\n\`\`\`console\n${block}\n\`\`\`\n`).join('\n')}`;
  if (process.env.UPDATE === '1') {
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, text);
  }
  expect(text).toBe(readFileSync(page, 'utf8'));
});

/** The first and last lines of what is long; of the machine's own only what stays the same. */
const shortened = (output: string): string => {
  const lines = output
    .trimEnd()
    .replaceAll(process.execPath, 'node')
    .split('\n')
    .filter((line) => !line.startsWith('to install'));
  return (lines.length <= 24 ? lines : [...lines.slice(0, 16), `… ${lines.length - 20} more lines`, ...lines.slice(-4)]).join('\n');
};

const INTRODUCTION = `# From 200 violations to none

Three packages, \`orders\`, \`payments\` and \`search\`, have 200 tests, and each of them connects to something that it should not. This page is made by a test, which types these commands
and compares what they print; long output is cut. [Adoption](adoption.md) says more of each command.
`;

const EXPLANATIONS = [
  '`init` finds the frameworks of the packages, and sets them up.',
  `Here the policy is then made to forbid loopback, as the services of this suite are ports of it:\n\n\`\`\`yaml\n${policy}\`\`\`\n\nThe first run. Every test that connects fails; the report is for the commands that follow.`,
  '`suggest` shows what a policy would have to allow, with the tests as evidence. What belongs there is copied to `netaudit.yaml`, after review; here nothing does.',
  'So all of it is known, and is to go.',
  'With the baseline the suite passes, and a test that does something new fails.',
  'One test is fixed. The run still passes.',
  'Its entry is gone, and is taken out: from now on that test may not do it again.',
  'The others are fixed one by one in the same way, until the last.',
  'Nothing is left of the baseline,',
  'and the suite is clean without one.',
];
