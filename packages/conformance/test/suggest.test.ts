import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_LOOPBACK, project, testFile } from './policy-project.js';

const tests = { one: ['localhost:9', '127.0.0.1:45001', '127.0.0.2:10'], two: ['127.0.0.3:10', '127.0.0.4:10', '127.0.0.5:10'] };

test('under the policy that is suggested the same suite is clean, and no rule of it is idle', { timeout: 60_000 }, async () => {
  const { put, audit, netaudit } = project({ 'netaudit.yaml': NO_LOOPBACK, 'a.test.mjs': testFile(tests) });
  expect(await audit([])).toMatchObject({ code: 1 });
  const { code, stdout, stderr } = await netaudit('suggest');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('cidr: "127.0.0.0/29"');
  put(
    'suggested.yaml',
    stdout
      .replace('version: 1\n', 'version: 1\nincludes_builtins: false\nfindings: { refused-loopback: off, late: off }\n')
      .replace('allowlist:\n', 'allowlist:\n  - { family: AF_UNIX, path_glob: "*" }\n  - { family: AF_NETLINK }\n'),
  );
  expect(await audit(['--allowlist', 'suggested.yaml'])).toMatchObject({ code: 0 });
  expect(await netaudit('suggest')).toMatchObject({ code: 0, stdout: expect.stringContaining('allowlist: []') });
});

test('suggest --write and allow add to the policy, which keeps its comments; then the suite is clean; explain tells what is known', {
  timeout: 60_000,
}, async () => {
  const policy = `# our policy\n${NO_LOOPBACK}  # the last entry\n`;
  const { folder, audit, netaudit } = project({
    'netaudit.yaml': policy,
    'a.test.mjs': testFile({ one: ['127.0.0.1:9', '127.0.0.1:10'] }),
  });
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  await audit([]);
  const { violations } = JSON.parse(read('netaudit-report.json')) as { violations: { id: string; port: number }[] };
  const id = violations.find(({ port }) => port === 9)?.id ?? '';
  expect(await netaudit('explain', id)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/127\.0\.0\.1:9\n(.*\n)*.*a\.test\.mjs > one(.*\n)*.*at a\.test\.mjs:\d+:\d+/),
  });
  expect(await netaudit('allow', id, '--reason', 'contract tests, ticket 4711', '--expires', '2999-12-31')).toMatchObject({ code: 0 });
  const rule =
    '  - name: "127.0.0.1:9"\n    family: AF_INET\n    addr: "127.0.0.1"\n    port: 9\n    reason: "contract tests, ticket 4711"\n    expires: "2999-12-31"\n';
  const allowed = policy.replace('  # the last', `${rule}  # the last`);
  expect(read('netaudit.yaml')).toBe(allowed);
  expect(await netaudit('allow', id, '--reason', 'contract tests, ticket 4711', '--expires', '2999-12-31')).toMatchObject({
    code: 0,
    stdout: 'netaudit: netaudit.yaml has it already\n',
  });
  expect(read('netaudit.yaml')).toBe(allowed);
  expect(await audit([])).toMatchObject({ code: 1 });
  expect(await netaudit('suggest', '--write')).toMatchObject({ code: 0, stdout: 'netaudit: added 1 entry to netaudit.yaml\n' });
  expect(
    read('netaudit.yaml')
      .split('\n')
      .filter((line) => allowed.includes(line))
      .join('\n'),
  ).toContain(allowed.trimEnd().split('\n').slice(0, 6).join('\n'));
  expect(await audit([])).toMatchObject({ code: 0 });
  expect(await netaudit('explain', 'door')).toMatchObject({ code: 0, stdout: expect.stringContaining('# door') });
});
