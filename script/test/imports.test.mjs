import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wrongImports } from '../check-imports.mjs';
import { root } from '../paths.mjs';

const core = 'packages/core/src';

const allowed = [
  [`${core}/model/event.ts`, `import { a } from './address.js';`],
  [`${core}/sources/strace/runner.ts`, `import { a } from '../../process/find.js';`],
  [`${core}/sinks/jsonl.ts`, `import type { A } from '../model/event.js';`],
  [`${core}/audit/pipeline.ts`, `import { a } from '../attribution/attribution.js';`],
  [`${core}/integration/index.ts`, `export { a } from './worker/index.js';`],
  [`${core}/integration/worker/index.ts`, `import { a } from '../../model/marker.js';`],
  [`${core}/index.ts`, `export { a } from './sinks/jsonl.js';`],
  ['packages/cli/src/main.ts', `import { a } from '@netaudit/core';`],
  ['packages/vitest/src/scope.ts', `import { a } from '@netaudit/core/worker';`],
  ['packages/vitest/src/index.ts', `import type { A } from 'vitest/node';`],
];

const refused = [
  [`${core}/model/event.ts`, `import { a } from '../process/find.js';`],
  [`${core}/allowlist/rule.ts`, `import { a } from '../names/names.js';`],
  [`${core}/names/names.ts`, `export { a } from '../allowlist/rule.js';`],
  [`${core}/names/names.ts`, `const a = await import('../allowlist/rule.js');`],
  [`${core}/names/names.ts`, `type A = import('../allowlist/rule.js').A;`],
  [`${core}/names/names.ts`, `import a = require('../allowlist/rule.js');`],
  [`${core}/names/names.ts`, `const a = require('../allowlist/rule.js');`],
  [`${core}/names/names.ts`, 'const a = await import(name);'],
  [`${core}/reporters/text.ts`, `import type { A } from '../findings/violations.js';`],
  [`${core}/process/find.ts`, `import { a } from '../sources/replay.js';`],
  [`${core}/sinks/jsonl.ts`, `import { a } from '../index.js';`],
  [`${core}/audit/pipeline.ts`, `import { a } from '../integration/session.js';`],
  [`${core}/integration/session.ts`, `import { a } from '../sources/replay.js';`],
  [`${core}/integration/worker/index.ts`, `import { a } from '../session.js';`],
  [`${core}/integration/worker/index.ts`, `import { a } from '../../model/report.js';`],
  [`${core}/extras/more.ts`, `import { a } from '../model/event.js';`],
  [`${core}/audit/pipeline.ts`, `import { a } from '@netaudit/vitest';`],
  [`${core}/audit/pipeline.ts`, `import { a } from '../../../cli/src/main.js';`],
  ['packages/cli/src/main.ts', `import { a } from '@netaudit/core/dist/index.js';`],
  ['packages/cli/src/main.ts', `import { a } from '../../core/src/index.js';`],
  ['packages/vitest/src/index.ts', `import { a } from 'netaudit';`],
  ['packages/unlisted/src/index.ts', `import { a } from 'node:fs';`],
];

let tree;
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'import-table-'));
  for (const name of ['core', 'cli', 'vitest']) copyManifest(name);
});
afterEach(() => rmSync(tree, { recursive: true }));

describe('an import that the table lists is allowed', () => {
  test.each(allowed)('%s: %s', (file, line) => {
    expect(wrongImports(treeWith(file, line))).toEqual([]);
  });
});

describe('an import that the table does not list is refused, with its place', () => {
  test.each(refused)('%s: %s', (file, line) => {
    expect(wrongImports(treeWith(file, `// first line\n${line}`))).toMatchObject([{ file, line: 2, rule: expect.stringMatching(/./) }]);
  });
});

function treeWith(file, text) {
  mkdirSync(join(tree, dirname(file)), { recursive: true });
  writeFileSync(join(tree, file), `${text}\n`);
  return tree;
}

function copyManifest(name) {
  mkdirSync(join(tree, 'packages', name), { recursive: true });
  cpSync(join(root, 'packages', name, 'package.json'), join(tree, 'packages', name, 'package.json'));
}
