import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, release } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { AllowList, analyzeTrace, mergeReports, openTrace, type Report, superviseCommand } from '../../src/index.js';
import { combineHashes } from '../../src/model/provenance.js';
import { commitOf } from '../../src/process/commit.js';
import { folderWith } from '../folder.js';

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], { cwd, encoding: 'utf8' }).trim();

const repository = (): { readonly cwd: string; readonly commit: string } => {
  const cwd = folderWith();
  git(cwd, 'init', '--quiet');
  writeFileSync(join(cwd, 'file.txt'), 'one');
  git(cwd, 'add', '.');
  git(cwd, 'commit', '--quiet', '-m', 'first');
  return { cwd, commit: git(cwd, 'rev-parse', 'HEAD') };
};

const run = async (cwd: string): Promise<{ readonly report: Report; readonly trace: Buffer; readonly file: string }> => {
  const file = join(folderWith(), 'run.trace');
  const report = await superviseCommand({ argv: ['true'], allowlist: new AllowList(), keepTrace: file, cwd });
  return { report, trace: readFileSync(file), file };
};

const read = (path: string): Promise<Report> => analyzeTrace(openTrace(path, process.stdin), { allowlist: new AllowList() });

test('the report of a run names commit, tools, host, times and the hash of the bytes of its trace; a kept trace gives that hash again', async () => {
  const { cwd, commit } = repository();
  const before = Date.now() * 1000;
  const { report, trace, file } = await run(cwd);
  const { netaudit } = report.provenance ?? {};
  expect(report.provenance).toEqual({
    netaudit: JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
    started: expect.any(Number),
    ended: expect.any(Number),
    commit,
    dirty: false,
    node: process.versions.node,
    tool: expect.stringMatching(/^strace \d+\.\d+/),
    kernel: release(),
    arch: arch(),
    policySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    traceSha256: sha256(trace),
  });
  const { started = 0, ended = 0 } = report.provenance ?? {};
  expect([before <= started, started <= ended, ended <= Date.now() * 1000]).toEqual([true, true, true]);
  const packed = join(folderWith(), 'run.trace.gz');
  writeFileSync(packed, gzipSync(trace));
  for (const path of [file, packed]) {
    expect((await read(path)).provenance).toMatchObject({ netaudit, tool: null, traceSha256: sha256(trace) });
  }
});

test('a tracked file that differs makes the commit dirty, one that git does not know does not', () => {
  const { cwd, commit } = repository();
  writeFileSync(join(cwd, 'untracked.txt'), '');
  expect(commitOf(cwd, process.env)).toEqual({ commit, dirty: false });
  writeFileSync(join(cwd, 'file.txt'), 'two');
  expect(commitOf(cwd, process.env)).toEqual({ commit, dirty: true });
});

test('without git, or outside of a working copy, the CI system names the commit, or nobody does', () => {
  const sha = 'a'.repeat(40);
  const { cwd } = repository();
  expect(commitOf(cwd, { PATH: '/nowhere', GITHUB_SHA: sha })).toEqual({ commit: sha, dirty: null });
  expect(commitOf(folderWith(), { PATH: process.env.PATH, CI_COMMIT_SHA: sha })).toEqual({ commit: sha, dirty: null });
  expect(commitOf(folderWith(), { PATH: process.env.PATH, GITHUB_SHA: 'refs/heads/main' })).toEqual({ commit: null, dirty: null });
});

test('the hash of several files does not depend on their order', async () => {
  const { trace } = await run(folderWith());
  const path = folderWith();
  for (const [name, bytes] of [
    ['t.1', trace],
    ['t.2', Buffer.alloc(0)],
  ] as const)
    writeFileSync(join(path, name), bytes);
  const hashes = [sha256(trace), sha256('')];
  expect((await read(join(path, 't'))).provenance?.traceSha256).toBe(sha256(`${hashes.toSorted().join('\n')}\n`));
  expect(combineHashes(hashes)).toBe(combineHashes(hashes.toReversed()));
  expect([combineHashes(['a']), combineHashes([]), combineHashes(['a', null])]).toEqual(['a', null, null]);
});

test('the hash of a policy is of what it comes to: not of its comments, places and files, but of each rule, their order and each setting', async () => {
  const hash = async (text: string): Promise<string | null | undefined> => {
    const cwd = folderWith();
    writeFileSync(join(cwd, 'base.yaml'), 'version: 1\nallowlist:\n  - {family: AF_INET, cidr: 10.0.0.0/8}\n');
    writeFileSync(join(cwd, 'netaudit.yaml'), text);
    const events = (async function* () {})();
    return (await analyzeTrace(events, { allowlist: AllowList.fromFile(join(cwd, 'netaudit.yaml')) })).provenance?.policySha256;
  };
  const [ten, other] = ['  - {family: AF_INET, cidr: 10.0.0.0/8}\n', '  - {family: AF_INET, cidr: 192.0.2.0/24}\n'];
  const written = await hash(`version: 1\nallowlist:\n${ten}`);
  expect(await hash(`# why\nversion: 1\n\nallowlist:\n  - cidr: 10.0.0.0/8\n    family: AF_INET # ten\n`)).toBe(written);
  expect(await hash('version: 1\nextends: ./base.yaml\n')).toBe(written);
  const changed = [
    `version: 1\nallowlist:\n${ten}${other}`,
    `version: 1\nallowlist:\n${other}${ten}`,
    `version: 1\ndeny:\n${ten}`,
    `version: 1\nincludes_builtins: false\nallowlist:\n${ten}`,
    `version: 1\nfindings: {door: fail}\nallowlist:\n${ten}`,
    `version: 1\nallowlist:\n  - {family: AF_INET, cidr: 10.0.0.0/8, port: 443}\n`,
  ];
  const hashes = await Promise.all(changed.map(hash));
  expect(new Set([written, ...hashes]).size).toBe(changed.length + 1);
});

test('a merged report is from the first start to the last end, and names what its reports have in common', async () => {
  const [one, other] = [(await run(folderWith())).report, (await run(folderWith())).report];
  const [first, second] = [one.provenance, other.provenance];
  if (!first || !second) throw new Error('a report without provenance');
  const reports = [
    { file: 'a.json', report: { ...one, provenance: { ...first, commit: 'a', dirty: false } } },
    { file: 'b.json', report: { ...other, provenance: { ...second, commit: 'b', dirty: true, node: '20.19.0' } } },
  ];
  expect(mergeReports(reports, null).provenance).toEqual({
    ...first,
    ended: second.ended,
    commit: null,
    dirty: true,
    node: `${first.node}, 20.19.0`,
    traceSha256: combineHashes([first.traceSha256, second.traceSha256]),
  });
  expect(mergeReports([reports[0]!, { file: 'b.json', report: { ...other, provenance: null } }], null).provenance).toBeNull();
});
