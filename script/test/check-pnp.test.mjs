import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkPnp } from '../check-pnp.mjs';
import { childEnvironment } from '../environment.mjs';
import { published } from '../pack.mjs';
import { shimFolder } from '../paths.mjs';
import { runAll } from '../steps.mjs';

test('where Yarn can not install, the check says why, and counts neither as passed nor as failed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pnp-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = childEnvironment({ ...process.env, npm_config_registry: 'https://127.0.0.1:9/', YARN_HTTP_RETRY: '0' }, shimFolder);
  const work = () =>
    checkPnp(
      published.map(() => join(folder, 'none.tgz')),
      folder,
      env,
    );
  const result = await runAll([
    { name: 'Yarn', work },
    { name: 'other', work: async () => ({ code: 1, output: '' }) },
  ]);
  expect(result).toEqual({ failed: ['other'], notRun: ['Yarn'] });
  expect((await work()).notRun).toContain('Yarn can not install here');
}, 60_000);
