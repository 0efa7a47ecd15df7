import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connecting, folderWith, lastLine, NOTHING_ALLOWED, netaudit, QUIET, withoutId } from './netaudit.js';

const CLEAN = `netaudit: no violations\n${lastLine('verdict=clean violations=0 findings=0 gaps=0 exit=0')}`;

const keptTrace = async (): Promise<string> => {
  const cwd = folderWith({});
  expect(await netaudit(['run', '--keep-trace', 'run.trace', '--', ...connecting()], { cwd })).toMatchObject({ code: 0 });
  return readFileSync(join(cwd, 'run.trace'), 'utf8');
};

test('a kept trace is judged as the run was, and by another allowlist otherwise', async () => {
  const cwd = folderWith({ 'run.trace': await keptTrace(), 'strict.yaml': NOTHING_ALLOWED, 'netaudit.yaml': QUIET });
  const clean = await netaudit(['analyze', 'run.trace'], { cwd });
  expect({ ...clean, stdout: withoutId(clean.stdout) }).toEqual({ code: 0, stdout: CLEAN, stderr: '' });
  const { code, stdout, stderr } = await netaudit(['analyze', '--allowlist', 'strict.yaml', 'run.trace'], { cwd });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toContain('AF_INET 127.0.0.1:9 (count=1');
});

test('- is the standard input', async () => {
  const input = await keptTrace();
  const { code, stdout } = await netaudit(['analyze', '--format', 'json', '-v', '-'], { input });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'clean',
    command: null,
    events: expect.arrayContaining([expect.objectContaining({ port: 9 })]),
  });
});

test('--output holds what stdout would', async () => {
  const cwd = folderWith({ 'run.trace': await keptTrace(), 'netaudit.yaml': QUIET });
  await netaudit(['analyze', '--output', 'report.txt', 'run.trace'], { cwd });
  expect(withoutId(readFileSync(join(cwd, 'report.txt'), 'utf8'))).toBe(CLEAN);
});

test('an empty trace proves nothing: exit 2', async () => {
  expect(await netaudit(['analyze', '-'])).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/^netaudit: incomplete\n {2}no-marker: /),
  });
});

test('a trace that is cut is not clean', async () => {
  const trace = await keptTrace();
  const { code, stdout } = await netaudit(['analyze', '-'], { input: trace.slice(0, trace.lastIndexOf('connect(') + 20) });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^netaudit: incomplete\n/);
});
