import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, netaudit } from './netaudit.js';

test('init shows what it would do, does it with --yes, and then has nothing to do; the policy is valid', async () => {
  const cwd = folderWith({ 'package.json': '{\n  "scripts": { "test": "node --test" }\n}\n' });
  const shown = await netaudit(['init'], { cwd, env: { NODE_PATH: '' } });
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toContain('+++ netaudit.yaml\n@@ -0,0 +1,4 @@\n+# yaml-language-server: $schema=');
  expect(shown.stdout).toContain('-  "scripts": { "test": "node --test" }\n');
  expect(shown.stdout).toContain('to install: npm install --save-dev @netaudit/node-test\n');
  expect(shown.stdout).toContain("netaudit: 2 files to change; 'netaudit init --yes' writes them\n");
  expect(existsSync(join(cwd, 'netaudit.yaml'))).toBe(false);
  expect(await netaudit(['init', '--yes'], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('netaudit: wrote 2 files\n'),
  });
  expect(JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))).toMatchObject({
    scripts: { test: 'node --test --require @netaudit/node-test' },
  });
  expect(await netaudit(['init', '--yes'], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('netaudit: nothing to change\n'),
  });
  expect((await netaudit(['run', '--', 'true'], { cwd })).code).toBe(0);
});
