import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { connecting, folderWith, lastLine, NOTHING_ALLOWED, netaudit, withoutId } from './netaudit.js';

const address = '{sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}';
const good = `5 1.5 connect(3, ${address}, 16) = 0\n`;
const torn = `5 1.6 connect(3, {sa_fam\n`;

describe('strace -ff', () => {
  const recorded = (...options: string[]): string => {
    const cwd = folderWith({ 'strict.yaml': NOTHING_ALLOWED });
    mkdirSync(join(cwd, 'traces'));
    execFileSync('strace', ['-ff', ...options, '-e', 'trace=connect,clone,clone3,execve', '-o', 'traces/run', ...connecting()], { cwd });
    expect(readdirSync(join(cwd, 'traces')).length).toBeGreaterThan(1);
    return cwd;
  };

  test('a folder of its files is judged, and so is their common name', async () => {
    const cwd = recorded('-ttt');
    for (const trace of ['traces', 'traces/run']) {
      const { code, stdout } = await netaudit(['analyze', '--allowlist', 'strict.yaml', trace], { cwd });
      expect(code).toBe(1);
      expect(stdout).toContain('AF_INET 127.0.0.1:9 (count=1');
      expect(stdout).not.toContain('notice');
    }
  });

  test('without times the report says what it can not know', async () => {
    const { code, stdout } = await netaudit(['analyze', 'traces'], { cwd: recorded() });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}notice: the files have no time stamps/m);
  });
});

describe('gzip', () => {
  test('is unpacked, also from standard input', async () => {
    const packed = gzipSync(good);
    const cwd = folderWith({ 'strict.yaml': NOTHING_ALLOWED });
    writeFileSync(join(cwd, 'run.trace.gz'), packed);
    for (const [trace, input] of [['run.trace.gz', ''] as const, ['-', packed] as const]) {
      const { code, stdout } = await netaudit(['analyze', '--allowlist', 'strict.yaml', trace], { cwd, input });
      expect(code).toBe(1);
      expect(stdout).toContain('AF_INET 127.0.0.1:9 (count=1');
    }
  });

  test('that is cut off is incomplete, with what could be read', async () => {
    const cwd = folderWith({ 'strict.yaml': NOTHING_ALLOWED });
    writeFileSync(join(cwd, 'run.gz'), gzipSync(good.repeat(50)).subarray(0, -6));
    const { code, stdout } = await netaudit(['analyze', '--allowlist', 'strict.yaml', 'run.gz'], { cwd });
    expect(code).toBe(2);
    expect(stdout).toContain('AF_INET 127.0.0.1:9 (count=50');
    expect(stdout).toMatch(/lost: the compressed trace is cut off or damaged/);
  });
});

describe('a line that can not be read', () => {
  const cwd = (): string => folderWith({ trace: good + torn });

  test('makes the audit incomplete, by default and with --strict', async () => {
    for (const options of [[], ['--strict'], ['--no-strict', '--strict']]) {
      const { code, stdout } = await netaudit(['analyze', ...options, 'trace'], { cwd: cwd() });
      expect({ code, stdout: withoutId(stdout) }).toEqual({
        code: 2,
        stdout: `netaudit: incomplete\n  unread: connect is cut off or damaged (line 2)\n${lastLine('verdict=incomplete violations=0 findings=0 gaps=1 exit=2')}`,
      });
    }
  });

  test('is counted and shown with --no-strict, and decides nothing', async () => {
    const { code, stdout } = await netaudit(['analyze', '--no-strict', 'trace'], { cwd: cwd() });
    expect({ code, stdout: withoutId(stdout) }).toEqual({
      code: 0,
      stdout: `netaudit: no violations\n  accepted: unread: connect is cut off or damaged (line 2)\n${lastLine('verdict=clean violations=0 findings=0 gaps=0 exit=0')}`,
    });
    const report = JSON.parse((await netaudit(['analyze', '--no-strict', '--format', 'json', 'trace'], { cwd: cwd() })).stdout);
    expect(report).toMatchObject({ verdict: 'clean', gaps: [], accepted: [{ kind: 'unread', line: 2 }], coverage: { unreadLines: 1 } });
  });

  test('does not hide another gap: a trace without events proves nothing with --no-strict either', async () => {
    for (const input of ['', torn]) expect(await netaudit(['analyze', '--no-strict', '-'], { input })).toMatchObject({ code: 2 });
  });

  test('of which there are very many is counted, and the report stays small', async () => {
    const { code, stdout } = await netaudit(['analyze', '--format', 'json', '-'], { input: good + torn.repeat(5000) });
    const report = JSON.parse(stdout);
    expect({ code, gaps: report.gaps.length, last: report.gaps.at(-1).reason, count: report.coverage.unreadLines }).toEqual({
      code: 2,
      gaps: 1001,
      last: '4000 more that are not listed',
      count: 5000,
    });
  });
});

test('run --no-strict runs as run does', async () => {
  expect(await netaudit(['run', '--no-strict', '--', ...connecting()])).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('netaudit: no violations\n'),
  });
});

test('--help tells of both', async () => {
  const { stdout } = await netaudit(['analyze', '--help']);
  expect(stdout).toMatch(/--strict .*\(the default\)/s);
  expect(stdout).toContain('--no-strict');
  expect(readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')).toContain('--no-strict');
});
