import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeVitestProject } from './vitest-project.js';

let folder = '';
beforeEach(() => {
  folder = makeVitestProject('terminal-', config);
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = `import netaudit from '@netaudit/vitest';
export default { plugins: [netaudit()], test: { pool: 'forks' } };
`;

const interrupt = '\u0003';
const running = 'slow.test.ts';
const waiting = 'Waiting for file changes';

/** What is typed once the terminal shows a text. */
type Typing = readonly { readonly after: string; readonly keys: string }[];

describe('on a terminal, as without us', { timeout: 60_000 }, () => {
  it.each<[string, { readonly command: string; readonly typing: Typing; readonly code: number; readonly says: string }]>([
    ['watch mode ends with q', { command: '', typing: [{ after: waiting, keys: 'q' }], code: 0, says: 'netaudit: no violations' }],
    [
      'watch mode runs again with Enter',
      {
        command: '',
        typing: [
          { after: waiting, keys: '\r' },
          { after: waiting, keys: 'q' },
        ],
        code: 0,
        says: 'netaudit: no violations',
      },
    ],
    ['a run ends with Ctrl-C', { command: 'run', typing: [{ after: running, keys: interrupt }], code: 130, says: 'netaudit:' }],
    [
      'a run ends with Ctrl-C twice',
      {
        command: 'run',
        typing: [
          { after: running, keys: interrupt },
          { after: '', keys: interrupt },
        ],
        code: 130,
        says: 'netaudit:',
      },
    ],
  ])('%s', async (_, { command, typing, code, says }) => {
    const ours = await type(command, typing, '1');
    expect(ours.code, ours.output).toBe(code);
    expect(ours.output).toContain(says);
    await nothingIsLeft();
    const without = await type(command, typing, '0');
    expect(without.code, without.output).toBe(code);
    expect(without.output).not.toContain('netaudit');
  });
});

/** Runs Vitest on a terminal of its own (script(1)), and types. */
const type = async (command: string, typing: Typing, netaudit: string): Promise<{ code: number | null; output: string }> => {
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: join(folder, 'tmp'), NETAUDIT: netaudit };
  for (const name of Object.keys(env)) if (/^(VITEST|NODE_ENV$|TEST$|CI$|GITHUB_ACTIONS$)/.test(name)) delete env[name];
  const words = ['-qec', `"${process.execPath}" node_modules/vitest/vitest.mjs ${command}`, '/dev/null'];
  const child = spawn('script', words, { cwd: folder, env, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let seen = 0;
  for (const { after, keys } of typing) {
    while (output.indexOf(after, seen) === -1 && child.exitCode === null) await sleep(50);
    seen = output.length;
    child.stdin.write(keys);
  }
  return { code: await ended, output };
};

/** No process works in the folder, and our private folder is gone. */
const nothingIsLeft = async (): Promise<void> => {
  const left = (): string[] => [...processesHere(), ...readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('netaudit'))];
  for (let waited = 0; waited < 3000 && left().length > 0; waited += 100) await sleep(100);
  expect(left()).toEqual([]);
};

const processesHere = (): string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === folder;
    } catch {
      return false;
    }
  });
