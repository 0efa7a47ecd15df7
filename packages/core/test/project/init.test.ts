import { expect, test } from 'vitest';
import { planInit, planText } from '../../src/index.js';
import { folderWith } from '../folder.js';

const plan = (files: Readonly<Record<string, string>>) =>
  planInit(folderWith({ 'netaudit.yaml': 'version: 1\n', ...files }), 'version: 1\n');

const REPORT = "report: [{ format: 'json', file: 'netaudit-report.json' }]";
const JSON_REPORT = '"report": [{ "format": "json", "file": "netaudit-report.json" }]';

test.each<[string, string, string, string]>([
  [
    'vitest.config.ts',
    'no plugins',
    "import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({\n  test: { globals: true },\n});\n",
    `import netaudit from '@netaudit/vitest';\nimport { defineConfig } from 'vitest/config';\n\nexport default defineConfig({\n  plugins: [netaudit({ ${REPORT} })],\n  test: { globals: true },\n});\n`,
  ],
  [
    'vitest.config.js',
    'plugins, and the word in a comment',
    "// plugins: [\nimport v from 'v';\nexport default { plugins: [ v() ] };\n",
    `// plugins: [\nimport netaudit from '@netaudit/vitest';\nimport v from 'v';\nexport default { plugins: [netaudit({ ${REPORT} }), v() ] };\n`,
  ],
  [
    'vitest.config.mjs',
    'an empty object',
    'export default {};\n',
    `import netaudit from '@netaudit/vitest';\nexport default { plugins: [netaudit({ ${REPORT} })] };\n`,
  ],
  [
    'jest.config.js',
    'no reporters',
    'module.exports = { rootDir: "." };\n',
    `module.exports = { reporters: ['default', ['@netaudit/jest', { ${REPORT} }]], rootDir: "." };\n`,
  ],
  [
    'jest.config.cjs',
    'reporters',
    "module.exports = {\n  reporters: [\n    'default',\n  ],\n};\n",
    `module.exports = {\n  reporters: [\n    'default', ['@netaudit/jest', { ${REPORT} }]\n  ],\n};\n`,
  ],
  [
    'jest.config.json',
    'JSON',
    '{\n  "rootDir": "."\n}\n',
    `{\n  "rootDir": ".",\n  "reporters": ["default", ["@netaudit/jest", { ${JSON_REPORT} }]]\n}\n`,
  ],
  ['.mocharc.json', 'a requirement', '{ "require": "a" }\n', '{ "require": ["@netaudit/mocha","a"] }\n'],
  ['.mocharc.yml', 'YAML', 'spec: test # here\n', 'spec: test, "require": "@netaudit/mocha" # here\n'],
])('%s with %s gets its one line, and the rest stays', (file, _what, before, after) => {
  const { changes, byHand } = plan({ 'package.json': '{}', [file]: before });
  expect(byHand).toEqual([]);
  expect(changes.find((change) => change.file === file)).toEqual({ file, before, after });
});

test.each([
  ['vitest.config.js', "const { defineConfig } = require('vitest/config');\nmodule.exports = defineConfig({});\n"],
  ['vitest.config.ts', 'export default { plugins: [a], build: { rollupOptions: { plugins: [b] } } };\n'],
  ['vitest.config.ts', 'const plugins = [a];\nexport default { plugins };\n'],
  ['vitest.config.ts', 'export default make();\n'],
  ['jest.config.js', 'module.exports = async () => ({});\n'],
  ['.mocharc.cjs', 'module.exports = {};\n'],
])('%s in a form that is not understood is left alone, and what to write is said: %j', (file, text) => {
  const { changes, byHand } = plan({ 'package.json': '{}', [file]: text });
  expect(changes.filter((change) => change.file === file)).toEqual([]);
  expect(byHand).toEqual([{ file, write: expect.stringContaining('@netaudit/') }]);
});

test('node:test is set up in each script, and its options in package.json, byte for byte elsewhere', () => {
  const before = '{\n    "scripts": { "test":   "tsc && node --test test/", "x": "node --test-only-x" },\n    "type": "module"\n}\n';
  const { changes } = plan({ 'package.json': before });
  expect(changes).toEqual([
    {
      file: 'package.json',
      before,
      after: `{\n    "scripts": { "test":   "tsc && node --test --require @netaudit/node-test test/", "x": "node --test-only-x" },\n    "type": "module",\n    "netaudit": { ${JSON_REPORT} }\n}\n`,
    },
  ]);
});

test('each package of a workspace is looked at; there is one policy, at the root; what is set up stays', () => {
  const { changes, found } = plan({
    'package.json': '{ "workspaces": ["packages/*", "tools"] }',
    'packages/a/package.json': '{ "devDependencies": { "jest": "30" } }',
    'packages/b/package.json': '{ "scripts": { "test": "node --test" } }',
    'packages/not-a-package/file': '',
    'tools/package.json': '{ "scripts": { "test": "mocha --require @netaudit/mocha" }, "devDependencies": { "mocha": "12" } }',
    '.gitignore': 'dist',
  });
  expect(changes.map(({ file }) => file)).toEqual(['.gitignore', 'packages/a/package.json', 'packages/b/package.json']);
  expect(changes[0]?.after).toBe('dist\nnetaudit-report.json\n');
  expect(found).toEqual([expect.stringMatching(/^packages\/a: jest/), 'packages/b: node:test', expect.stringMatching(/^tools: mocha/)]);
});

test('a change is shown as a diff', () => {
  const text = planText(plan({ 'package.json': '{}', 'vitest.config.ts': 'a;\nb;\nc;\nd;\nexport default {\n  x: 1,\n};\n// end\n' }));
  expect(text).toContain(`--- vitest.config.ts\n+++ vitest.config.ts\n@@ -1,8 +1,10 @@\n+import netaudit`);
});
