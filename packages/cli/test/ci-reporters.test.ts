import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connecting, folderWith, NOTHING_ALLOWED, netaudit } from './netaudit.js';

const project = () => folderWith({ 'netaudit.yaml': NOTHING_ALLOWED });
const github = (cwd: string) => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') });
const annotation = /^::error .*::/m;

test('under GitHub Actions annotations follow the text, and the job summary has the report', async () => {
  const cwd = project();
  const { code, stdout, stderr } = await netaudit(['run', '--', ...connecting()], { cwd, env: github(cwd) });
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'from the command\n' });
  expect(stderr).toContain('netaudit: 1 violation detected');
  expect(stderr).toMatch(annotation);
  expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toContain('## netaudit: 1 violation');
});

test('they are beside any report that is asked for, and once where they are asked for too', async () => {
  const cwd = project();
  const run = async (...args: string[]) => netaudit(['run', ...args, '--', ...connecting()], { cwd, env: github(cwd) });
  const json = await run('--format', 'json');
  expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'violations' });
  expect(json.stderr).toMatch(annotation);
  expect((await run('--output', 'report.txt')).stderr).toMatch(annotation);
  const asked = await run('--reporter', 'github');
  expect(asked.stderr.match(new RegExp(annotation, 'gm'))).toHaveLength(1);
  expect(asked.stderr).not.toContain('violation detected');
});

test('under GitLab CI the code quality report is written', async () => {
  const cwd = project();
  const { stderr } = await netaudit(['run', '--', ...connecting()], { cwd, env: { GITLAB_CI: 'true' } });
  expect(stderr).toContain('netaudit: 1 violation detected');
  expect(JSON.parse(readFileSync(join(cwd, 'gl-code-quality-report.json'), 'utf8'))).toContainEqual(
    expect.objectContaining({ description: expect.stringContaining('127.0.0.1:9') }),
  );
});

test('--no-ci-reporters leaves both out', async () => {
  const cwd = project();
  const args = ['run', '--no-ci-reporters', '--', ...connecting()];
  const { stderr } = await netaudit(args, { cwd, env: { ...github(cwd), GITLAB_CI: 'true' } });
  expect(stderr).not.toMatch(annotation);
  expect(existsSync(join(cwd, 'gl-code-quality-report.json')) || existsSync(join(cwd, 'summary.md'))).toBe(false);
});

test('a job summary that can not be written loses nothing', async () => {
  const cwd = project();
  const env = { ...github(cwd), GITHUB_STEP_SUMMARY: join(cwd, 'none', 'summary.md') };
  expect(await netaudit(['run', '--', ...connecting()], { cwd, env })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(annotation),
  });
});
