import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { connecting, folderWith, NOTHING_ALLOWED, netaudit } from './netaudit.js';

type Violation = { count: number; id: string; port: number; scopes: { count: number }[] };
type Document = {
  violations: Violation[];
  verdict: string;
  exitCode: number;
  summary: { total: number };
  gaps: unknown[];
  surplus?: number;
};
type Verified = { holds: boolean; parts: { part: string; result: string; says: string[] }[] };

const files = { 'netaudit.yaml': NOTHING_ALLOWED };
const content = { report: '', sidecar: '', trace: '' };

beforeAll(async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'netaudit-verify-'));
  writeFileSync(join(cwd, 'netaudit.yaml'), NOTHING_ALLOWED);
  const args = ['run', '-v', '--format', 'json', '--output', 'report.json', '--keep-trace', 'run.trace', '--', ...connecting(7)];
  expect(await netaudit(args, { cwd })).toMatchObject({ code: 1 });
  const read = (name: string): string => readFileSync(join(cwd, name), 'latin1');
  Object.assign(content, { report: read('report.json'), sidecar: read('report.json.sha256'), trace: read('run.trace') });
  rmSync(cwd, { recursive: true });
});

/** A folder with the report of the run and its trace; `change` alters the report, and its hash is made anew. */
const kept = (change?: (report: Document) => void): string => {
  const cwd = folderWith({ ...files, 'report.json.sha256': content.sidecar });
  writeFileSync(join(cwd, 'report.json'), content.report, 'latin1');
  writeFileSync(join(cwd, 'run.trace'), content.trace, 'latin1');
  if (!change) return cwd;
  const report = JSON.parse(content.report) as Document;
  change(report);
  return rewrite(cwd, JSON.stringify(report));
};

const rewrite = (cwd: string, text: string): string => {
  writeFileSync(join(cwd, 'report.json'), text);
  writeFileSync(join(cwd, 'report.json.sha256'), `${createHash('sha256').update(text).digest('hex')}  report.json\n`);
  return cwd;
};

const verify = async (cwd: string, ...args: string[]): Promise<{ code: number | null; parts: Record<string, string>; says: string }> => {
  const { code, stdout, stderr } = await netaudit(['verify', 'report.json', '--json', ...args], { cwd });
  expect(stderr).toBe('');
  const { holds, parts } = JSON.parse(stdout) as Verified;
  expect(holds).toBe(code === 0);
  const results = Object.fromEntries(parts.map(({ part, result }) => [part, result]));
  return { code, parts: results, says: parts.flatMap(({ result, says }) => (result === 'holds' ? [] : says)).join('\n') };
};

const all = ['--trace', 'run.trace', '--policy', 'netaudit.yaml'];

describe('a report as it was written', () => {
  test('holds, with the policy and the trace, which may be packed', async () => {
    const cwd = kept();
    const everything = { sidecar: 'holds', schema: 'holds', contents: 'holds', policy: 'holds', trace: 'holds', replay: 'holds' };
    expect(await verify(cwd, ...all)).toMatchObject({ code: 0, parts: everything });
    writeFileSync(join(cwd, 'run.trace.gz'), gzipSync(readFileSync(join(cwd, 'run.trace'))));
    expect(await verify(cwd, '--trace', 'run.trace.gz', '--policy', '.')).toMatchObject({ code: 0, parts: everything });
  });

  test('says what is not proved', async () => {
    const { code, stdout } = await netaudit(['verify', 'report.json'], { cwd: kept() });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}holds {7}sidecar {3}the report has the SHA-256 of report\.json\.sha256\n/);
    expect(stdout).toMatch(/\nnetaudit: report\.json holds\n.*\n {2}Not proved: who made it/);
  });

  test('is judged again by the policy of the folder, and by none where that is another one', async () => {
    const cwd = kept();
    expect(await verify(cwd, '--trace', 'run.trace')).toMatchObject({ code: 0, parts: { trace: 'holds', replay: 'holds' } });
    rmSync(join(cwd, 'netaudit.yaml'));
    expect(await verify(cwd, '--trace', 'run.trace')).toMatchObject({ code: 0, parts: { trace: 'holds', replay: 'not checked' } });
  });

  test('in another format has its bytes checked', async () => {
    const cwd = folderWith({});
    await netaudit(['run', '--output', 'report.json', '--', process.execPath, '--version'], { cwd });
    expect(await verify(cwd)).toMatchObject({ code: 0, parts: { sidecar: 'holds', schema: 'not checked' } });
    writeFileSync(join(cwd, 'report.json'), 'other');
    expect(await verify(cwd)).toMatchObject({ code: 1, parts: { sidecar: 'fails' } });
  });
});

describe('what was changed does not hold', () => {
  test('a report of which one byte is another', async () => {
    const cwd = kept();
    writeFileSync(join(cwd, 'report.json'), content.report.replace('"exitCode": 7', '"exitCode": 8'), 'latin1');
    expect(await verify(cwd)).toMatchObject({ code: 1, parts: { sidecar: 'fails', schema: 'holds' } });
  });

  test('a report without its hash, or with that of another file', async () => {
    const cwd = kept();
    writeFileSync(join(cwd, 'report.json.sha256'), content.sidecar.replace('report.json', 'other.json'));
    expect(await verify(cwd)).toMatchObject({ code: 1, parts: { sidecar: 'fails' } });
    rmSync(join(cwd, 'report.json.sha256'));
    expect(await verify(cwd)).toMatchObject({ code: 1, parts: { sidecar: 'fails' } });
  });

  test.each<[name: string, change: (report: Document) => void, says: RegExp]>([
    ['a total', (report) => (report.summary.total = 0), /summary\.total is 0/],
    ['a verdict', (report) => (report.verdict = 'clean'), /the verdict is clean, and what is listed comes to violations/],
    ['an exit code', (report) => (report.exitCode = 0), /the exit code is 0/],
    ['a count', (report) => (report.violations[0]!.count = 9), /has the count 9, and its scopes have 1/],
    ['a destination', (report) => (report.violations[0]!.port = 443), /has a destination whose id is/],
    ['a violation that its events show', (report) => (report.violations = []), /has the count 0, and there are 1 such events/],
    ['a gap', (report) => report.gaps.push({ kind: 'lost', reason: 'x' }), /comes to incomplete/],
  ])('%s, by what else is in the report', async (_name, change, says) => {
    const verified = await verify(kept(change));
    expect(verified).toMatchObject({ code: 1, parts: { sidecar: 'holds', schema: 'holds', contents: 'fails' } });
    expect(verified.says).toMatch(says);
  });

  test.each<[name: string, text: () => string]>([
    ['a key that no report has', () => JSON.stringify({ ...JSON.parse(content.report), surplus: 1 })],
    ['a report that is cut off', () => content.report.slice(0, 500)],
  ])('%s, by the schema', async (_name, text) => {
    expect(await verify(rewrite(kept(), text()))).toMatchObject({ code: 1, parts: { sidecar: 'holds', schema: 'fails' } });
  });

  test('a report from which a violation was taken with all that belongs to it, by the trace', async () => {
    const cwd = kept((report) =>
      Object.assign(report, { violations: [], events: [], verdict: 'clean', exitCode: 7, summary: { total: 0 } }),
    );
    expect(await verify(cwd)).toMatchObject({ code: 0, parts: { contents: 'holds' } });
    const verified = await verify(cwd, ...all);
    expect(verified).toMatchObject({ code: 1, parts: { policy: 'holds', trace: 'holds', replay: 'fails' } });
    expect(verified.says).toMatch(/AF_INET 127\.0\.0\.1:9 .*: 0 in the report, 1 in the trace/);
  });

  test('another policy, another trace', async () => {
    const cwd = kept();
    writeFileSync(join(cwd, 'netaudit.yaml'), 'version: 1\n');
    expect(await verify(cwd, ...all)).toMatchObject({ code: 1, parts: { policy: 'fails', trace: 'holds', replay: 'not checked' } });
    writeFileSync(join(cwd, 'run.trace'), content.trace.replace('127.0.0.1', '127.0.0.2'), 'latin1');
    expect(await verify(cwd, '--trace', 'run.trace')).toMatchObject({ code: 1, parts: { trace: 'fails' } });
  });
});

test.each([
  ['a report', ['verify', 'none.json'], /none\.json: cannot read the report: no such file.*NA402/],
  ['a trace', ['verify', 'report.json', '--trace', 'none'], /cannot read the trace 'none': no such file.*NA401/],
  ['a policy', ['verify', 'report.json', '--policy', 'none.yaml'], /none\.yaml.*NA101/],
])('%s that is not there: exit 3, one line', async (_name, args, says) => {
  const { code, stdout, stderr } = await netaudit(args, { cwd: kept() });
  expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 3, stdout: '', lines: 2 });
  expect(stderr).toMatch(says);
});

test('a report that was moved with its hash does not match the name in it', async () => {
  const cwd = kept();
  for (const suffix of ['', '.sha256']) renameSync(join(cwd, `report.json${suffix}`), join(cwd, `moved.json${suffix}`));
  expect(await netaudit(['verify', 'moved.json'], { cwd })).toMatchObject({ code: 1, stdout: expect.stringContaining('for moved.json') });
});
