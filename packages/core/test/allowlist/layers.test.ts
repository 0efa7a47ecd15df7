import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AllowList, describePolicy, effectivePolicyText, NetauditError } from '../../src/index.js';
import { folderWith } from '../folder.js';

const rule = (name: string): string => `version: 1\nallowlist: [{ name: ${name}, host: ${name}.test }]\n`;
const names = (list: AllowList): string => list.ownRules.map(({ name }) => name).join(' ');

const errorOf = (make: () => unknown): NetauditError => {
  try {
    make();
  } catch (error) {
    if (error instanceof NetauditError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('a policy comes before the files and packages that it extends', () => {
  const folder = folderWith({
    'netaudit.yaml': `${rule('own')}extends: [./shared/base.yaml, "@acme/policy", tools/strict.yaml]\n`,
    'shared/base.yaml': `${rule('base')}extends: ../further.yaml\n`,
    'further.yaml': rule('further'),
    'node_modules/@acme/policy/netaudit.yaml': rule('package'),
    'node_modules/tools/strict.yaml': rule('strict'),
  });
  expect(names(AllowList.fromFile(join(folder, 'netaudit.yaml')))).toBe('own base further package strict');
});

test('settings are those of the file that comes first, each by itself; rules that deny are all there', () => {
  const folder = folderWith({
    'netaudit.yaml': 'version: 1\nextends: ./base.yaml\nfindings: { late: fail }\ndeny: [{ host: a.test }]\n',
    'base.yaml': 'version: 1\nincludes_builtins: false\nloopback: [80]\nfindings: { late: off, door: fail }\ndeny: [{ host: b.test }]\n',
  });
  const list = AllowList.fromFile(join(folder, 'netaudit.yaml'));
  expect(list.findings).toMatchObject({ late: 'fail', door: 'fail', 'slow-connect': 'warn' });
  expect(list.loopback).toEqual([80]);
  expect(list.rules).toHaveLength(3);
  expect(list.deny.map(String)).toEqual(['host a.test', 'host b.test']);
});

test.each([
  ['a file that is not there', './none.yaml', /none\.yaml: cannot read the allowlist: no such file/],
  ['a package that is not there', 'no-such-package-4711', /there is no package 'no-such-package-4711'.*write \.\/no-such-package-4711/],
  ['itself', './netaudit.yaml', /extends itself/],
  ['a file that extends it', './circle.yaml', /extends itself/],
])('extending %s is a mistake at the place that names it', (_, name, message) => {
  const folder = folderWith({
    'netaudit.yaml': `version: 1\nextends: ${name}\n`,
    'circle.yaml': 'version: 1\nextends: [./netaudit.yaml]\n',
  });
  const error = errorOf(() => AllowList.fromFile(join(folder, 'netaudit.yaml')));
  expect(error).toMatchObject({ code: 'ALLOWLIST_EXTENDS', number: 'NA110', details: { at: { line: 2 } } });
  expect(error.message).toMatch(message);
});

test('a file that two others extend counts once', () => {
  const folder = folderWith({
    'netaudit.yaml': 'version: 1\nextends: [./a.yaml, ./b.yaml]\n',
    'a.yaml': `${rule('a')}extends: ./common.yaml\n`,
    'b.yaml': `${rule('b')}extends: ./common.yaml\n`,
    'common.yaml': rule('common'),
  });
  expect(names(AllowList.fromFile(join(folder, 'netaudit.yaml')))).toBe('a common b');
});

test('a mistake in a file that is extended is told where it is', () => {
  const folder = folderWith({ 'netaudit.yaml': 'version: 1\nextends: ./base.yaml\n', 'base.yaml': 'version: 1\nlopback: any\n' });
  const { message } = errorOf(() => AllowList.fromFile(join(folder, 'netaudit.yaml')));
  expect(message).toContain(`${join(folder, 'base.yaml')}:2:1: unknown key 'lopback'`);
});

test.each([
  ['pnpm', { 'pnpm-workspace.yaml': '' }],
  ['npm', { 'package.json': '{"workspaces":["packages/*"]}' }],
  ['a repository', { '.git/HEAD': '' }],
])('in a folder of a workspace (%s) the policies above it count too, after its own', (_, root) => {
  const folder = folderWith({
    'netaudit.yaml': rule('outside'),
    ...Object.fromEntries(Object.entries(root).map(([name, content]) => [`repo/${name}`, content])),
    'repo/netaudit.yaml': rule('root'),
    'repo/packages/netaudit.yaml': rule('group'),
    'repo/packages/a/netaudit.yaml': rule('a'),
    'repo/packages/a/package.json': '{}',
    'repo/packages/b/package.json': '{}',
  });
  expect(names(AllowList.discover(join(folder, 'repo/packages/a')))).toBe('a group root');
  expect(names(AllowList.discover(join(folder, 'repo/packages/b')))).toBe('group root');
  expect(names(AllowList.discover(join(folder, 'repo')))).toBe('root');
  expect(names(AllowList.fromFile(join(folder, 'repo/packages/a/netaudit.yaml')))).toBe('a');
});

test('outside of workspaces and repositories only the policy of the folder itself counts', () => {
  const folder = folderWith({ 'netaudit.yaml': rule('above'), 'here/netaudit.yaml': rule('here'), 'empty/x': '' });
  expect(names(AllowList.discover(join(folder, 'here')))).toBe('here');
  expect(AllowList.discover(join(folder, 'empty')).rules).toEqual(expect.objectContaining({ length: 4 }));
});

test('what is printed says where each part is from, and is the same policy', () => {
  const folder = folderWith({
    'netaudit.yaml': `${rule('own')}extends: ./base.yaml\ndeny: [{ name: no, family: AF_INET, cidr: 10.0.0.0/8, ports: [80, "90-99"], tests: "a*", expires: 2027-03-01 }]\n`,
    'base.yaml': 'version: 1\nloopback: own-servers\nfindings: { late: off }\nallowlist: [{ preset: docker, level: warn }]\n',
  });
  const list = AllowList.fromFile(join(folder, 'netaudit.yaml'));
  const printed = describePolicy(list);
  expect(printed.rules.map(({ effect, origin, name }) => `${effect} ${origin.replace(`${folder}/`, '')} ${name}`)).toEqual([
    'deny netaudit.yaml:4:8 no',
    'allow built in loopback (own servers)',
    'allow built in unix (builtin)',
    'allow built in netlink (builtin)',
    'allow netaudit.yaml:2:13 own',
    'allow base.yaml:4:13 ',
  ]);
  expect(printed.settings).toMatchObject({
    loopback: { value: 'own-servers', origin: join(folder, 'base.yaml') },
    'findings.late': { value: 'off', origin: join(folder, 'base.yaml') },
    'findings.door': { value: 'warn', origin: 'default' },
  });
  const again = AllowList.fromYaml(effectivePolicyText(list), 'printed.yaml');
  const parts = ({ rules, deny, findings, loopback }: AllowList) => ({
    rules: rules.map(String),
    deny: deny.map(String),
    findings,
    loopback,
  });
  expect(parts(again)).toEqual(parts(list));
});
