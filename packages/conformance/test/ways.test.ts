import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageLines, type Row, rowText } from '../ways/table.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

describe('every way out', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ways-test-'));
  let rows: readonly Row[] = [];
  const tried = (): Row[] => rows.filter(({ unavailable }) => unavailable === undefined);
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const env = { ...process.env };
    for (const name of Object.keys(env)) if (/^(VITEST|NODE_ENV$|NODE_TEST_CONTEXT$|TEST$)/.test(name)) delete env[name];
    const file = join(folder, 'rows.json');
    const run = spawnSync(here('../lab/lab.sh'), ['--', process.execPath, here('../ways/run.mjs'), '--rows', file], {
      env,
      encoding: 'utf8',
    });
    expect(run.status, run.stderr).toBe(0);
    rows = JSON.parse(readFileSync(file, 'utf8'));
  }, 120_000);

  it('that reached the listener is reported', () => {
    const silent = tried().filter(({ arrived, reported }) => arrived && !reported?.texts.length);
    expect(silent).toEqual([]);
  });

  it('is taken: most of them reach the listener', () => {
    expect(tried().filter(({ arrived }) => arrived).length).toBeGreaterThanOrEqual(16);
  });

  it('that a test takes is charged to that test', () => {
    const owners = rows
      .filter(({ solitary, reported }) => !solitary && reported?.texts.length)
      .map(({ title, reported }) => [title, reported?.owners]);
    expect(owners.length).toBeGreaterThan(0);
    for (const [title, [owner = 'nobody'] = []] of owners) expect(`${title}: ${owner}`).toContain(': its test');
  });

  it('is in docs/coverage.md with what came out', () => {
    const lines = pageLines();
    expect(
      tried()
        .map(rowText)
        .filter((line) => !lines.includes(line)),
    ).toEqual([]);
    expect(lines).toHaveLength(rows.length + 2);
  });
});
