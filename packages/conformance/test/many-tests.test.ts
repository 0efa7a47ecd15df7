import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeVitestProject, NOTHING_ALLOWED, runVitest } from './vitest-project.js';

/** `NETAUDIT_FULL=1` in the environment: 100,000 tests. */
const full = process.env.NETAUDIT_FULL === '1';
const { files, tests } = full ? { files: 100, tests: 1000 } : { files: 4, tests: 250 };

let folder = '';
beforeEach(() => {
  folder = makeVitestProject('many-', config);
  rmSync(join(folder, 'slow.test.ts'));
  writeFileSync(join(folder, 'netaudit.yaml'), NOTHING_ALLOWED);
  for (let file = 0; file < files; file += 1) writeFileSync(join(folder, `file${file}.test.ts`), testFile(file));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = `import netaudit from '@netaudit/vitest';
export default {
  plugins: [netaudit({ report: [{ format: 'json', file: 'netaudit.json' }] })],
  test: { pool: 'forks', reporters: ['dot'] },
};
`;

/** All but one of its tests touch nothing. */
const testFile = (file: number): string => `import net from 'node:net';
import { test } from 'vitest';

for (let n = 1; n < ${tests / 2}; n += 1) test(\`before \${n}\`, () => {});
test('connects', () => new Promise((resolve) => net.connect(9, '127.1.1.${file + 1}').on('error', resolve)));
for (let n = ${tests / 2}; n < ${tests}; n += 1) test(\`after \${n}\`, () => {});
`;

it('of very many tests those that connect are named, and no other', { timeout: full ? 1_200_000 : 60_000 }, async () => {
  const begin = Date.now();
  const { code, output, peak } = await runVitest(folder);
  expect(code, output.slice(-4000)).toBe(1);
  const { verdict, gaps, violations } = JSON.parse(readFileSync(join(folder, 'netaudit.json'), 'utf8'));
  expect({ verdict, gaps }).toEqual({ verdict: 'violations', gaps: [] });
  const owners = violations.map(
    ({ addr, scopes: [{ scope, method }] }: Violation) => `${addr} ${scope.file} ${scope.names.at(-1)} ${method}`,
  );
  const wanted = Array.from({ length: files }, (_, file) => `127.1.1.${file + 1} file${file}.test.ts connects lineage`);
  expect(owners.sort()).toEqual(wanted.sort());
  expect(output).toContain(`${files} failed | ${files * (tests - 1)} passed`);
  if (full) console.log(`${files * tests} tests: ${Date.now() - begin} ms, most memory of the supervisor ${peak} MB`);
});

type Violation = { addr: string; scopes: [{ scope: { file: string; names: string[] }; method: string }] };
