import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AllowList, analyzeTrace, jsonlFile, jsonlSink, openTrace, type Report, superviseCommand } from '../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'netaudit-events-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);

const nothing = AllowList.fromYaml('version: 1\nincludes_builtins: false\nallowlist: []\n', 'a.yaml');

/** Connects to closed ports of loopback by itself and by a child, and sends what must not be told. */
const program = `
const { spawnSync } = require('node:child_process');
const socket = require('node:dgram').createSocket('udp4');
socket.send('top-secret-payload', 9, '127.0.0.1', () => {
  socket.close();
  spawnSync(process.execPath, ['-e', "require('net').connect(9, '127.0.0.2').on('error', () => {})"]);
  require('net').connect(9, '127.0.0.1').on('error', () => process.exit(3));
});`;

let live: Report;
let log = '';
beforeAll(async () => {
  const events = jsonlFile(file('run.jsonl'));
  const argv = [process.execPath, '-e', program];
  live = await superviseCommand({ argv, allowlist: nothing, events, verbose: true, stdio: 'stdout-to-stderr' });
  log = readFileSync(file('run.jsonl'), 'utf8');
}, 30_000);

const replay = (text: string, options: { readonly strict?: boolean } = {}): Promise<Report> =>
  analyzeTrace(
    (async function* () {
      yield Buffer.from(text);
    })(),
    { allowlist: nothing, verbose: true, ...options },
  );

/** What differs between a run and its replay: when, and of what, the report was made. */
const lasting = ({ provenance: _, ...report }: Report) => JSON.parse(JSON.stringify(report)) as unknown;

test('the log of a run gives the report of the run again', async () => {
  expect(live.violations.length).toBeGreaterThan(1);
  expect(lasting(await replay(log))).toEqual(lasting(live));
  expect(lasting(await analyzeTrace(openTrace(file('run.jsonl'), process.stdin), { allowlist: nothing, verbose: true }))).toEqual(
    lasting(live),
  );
});

test('a log is judged by another allowlist without a run', async () => {
  const all = AllowList.fromYaml('version: 1\nallowlist: []\n', 'a.yaml');
  const report = await analyzeTrace(openTrace(file('run.jsonl'), process.stdin), { allowlist: all });
  expect({ verdict: report.verdict, exitCode: report.exitCode }).toEqual({ verdict: 'clean', exitCode: 3 });
});

test('only its owner can read it, and no payload is in it', () => {
  expect(statSync(file('run.jsonl')).mode & 0o777).toBe(0o600);
  expect(log).toContain('"call":"sendmsg"');
  const withoutArguments = log.split('\n').filter((line) => !/"kind":"(?:exec|tail)"/.test(line));
  expect(withoutArguments.join('\n')).not.toContain('top-secret');
});

test('the trace of a run makes the same log, but for its head and tail', async () => {
  const trace = file('run.trace');
  const first: string[] = [];
  const second: string[] = [];
  const argv = [process.execPath, '-e', program];
  const events = jsonlSink((text) => void first.push(text));
  await superviseCommand({ argv, allowlist: nothing, events, keepTrace: trace, stdio: 'stdout-to-stderr' });
  await analyzeTrace(openTrace(trace, process.stdin), { allowlist: nothing, events: jsonlSink((text) => void second.push(text)) });
  const inner = (parts: readonly string[]): unknown[] =>
    parts
      .join('')
      .trimEnd()
      .split('\n')
      .slice(1, -1)
      .map((line) => JSON.parse(line) as unknown);
  expect(inner(second)).toEqual(inner(first));
  const third: string[] = [];
  await analyzeTrace(
    (async function* () {
      yield Buffer.from(first.join(''));
    })(),
    { allowlist: nothing, events: jsonlSink((text) => void third.push(text)) },
  );
  expect(inner(third)).toEqual(inner(first));
});

test('events are written while the run goes on', async () => {
  const parts: { readonly at: number; readonly text: string }[] = [];
  const events = jsonlSink((text) => void parts.push({ at: Date.now(), text }));
  const report = superviseCommand({ argv: ['sh', '-c', 'true; read line < /dev/null; exec sleep 1'], allowlist: nothing, events });
  const ended = report.then(() => 'ended');
  const written = async (): Promise<string> => {
    while (!parts.some(({ text }) => text.includes('"kind":"exec"'))) await sleep(10);
    return 'written';
  };
  expect(await Promise.race([written(), ended])).toBe('written');
  await ended;
});

test('a log that can not be written leaves the run incomplete, and says why', async () => {
  const events = jsonlSink(() => {
    throw new Error('ENOSPC: no space left on device');
  });
  const report = await superviseCommand({ argv: ['true'], allowlist: nothing, events });
  expect(report.verdict).toBe('incomplete');
  expect(report.gaps).toEqual([{ kind: 'lost', reason: 'the log of events is not whole: ENOSPC: no space left on device' }]);
});

describe('a damaged log', () => {
  const lines = (): string[] => log.trimEnd().split('\n');
  const without = (index: number): string => `${lines().toSpliced(index, 1).join('\n')}\n`;

  test('without its tail is incomplete, and so is one that is cut anywhere', async () => {
    const report = await replay(without(-1));
    expect(report.gaps).toMatchObject([{ kind: 'lost', reason: expect.stringContaining('has no end') }]);
    const head = lines()[0]?.length ?? 0;
    for (let length = head + 2; length < log.length - 1; length += Math.ceil(log.length / 40)) {
      expect((await replay(log.slice(0, length))).verdict).toBe('incomplete');
    }
    expect((await replay(log.slice(0, -1))).verdict).toBe('violations');
  });

  test('with a line cut off names that line', async () => {
    const { gaps } = await replay(log.slice(0, (lines()[0]?.length ?? 0) + 20));
    expect(gaps).toContainEqual({
      kind: 'unread',
      line: 2,
      reason: 'a line of the log of events can not be read: the last line is cut off',
    });
  });

  test('that lacks a line in the middle is incomplete', async () => {
    expect((await replay(without(3))).gaps).toMatchObject([
      { kind: 'lost', reason: expect.stringMatching(/says that it holds \d+ events/) },
    ]);
  });

  test.each([
    ['no JSON', 'connect(3, …', 'it is no JSON object'],
    ['an empty line', '', 'it is no JSON object'],
    ['a list', '[]', 'it is no JSON object'],
    ['an unknown kind', '{"kind":"surprise"}', /^kind: /],
    [
      'a port that is none',
      '{"kind":"listen","source":"s","seq":1,"ts":1,"pid":1,"tid":1,"family":null,"addr":null,"port":70000}',
      /^port: /,
    ],
    ['a pid that is text', '{"kind":"lost","source":"s","seq":1,"ts":1,"pid":"1","tid":1,"reason":""}', /^pid: /],
    ['a tail of another shape', '{"kind":"tail"}', /^ended: /],
  ])('with %s in place of a line names the line and what is wrong', async (_, line, reason) => {
    const { verdict, gaps } = await replay(`${lines().with(2, line).join('\n')}\n`);
    expect(verdict).toBe('incomplete');
    const found = gaps.find(({ kind }) => kind === 'unread');
    expect(found?.line).toBe(3);
    expect(found?.reason.replace('a line of the log of events can not be read: ', '')).toMatch(reason);
  });

  test('that goes on after its tail is incomplete', async () => {
    expect((await replay(log + (lines()[1] ?? ''))).gaps).toMatchObject([
      { kind: 'lost', reason: 'the log of events goes on after its end' },
    ]);
  });

  test('of another run than its head says is incomplete', async () => {
    const other = log.replace(/"run":"[0-9a-f]{32}"/, `"run":"${'0'.repeat(32)}"`);
    expect((await replay(other)).gaps).toMatchObject([{ kind: 'no-marker' }]);
  });

  test.each([
    ['of an unknown version', '{"kind":"head","format":"netaudit-events","version":2}\n', /is of version 2.*version 1/s],
    ['whose head is damaged', '{"kind":"head","format":"netaudit-events","version":1}\n', /line 1.*runId/],
    ['without its head', '{"kind":"lost","source":"s","seq":1,"ts":1,"pid":1,"tid":1,"reason":""}\n', /not the head of a log of events/],
    ['that is a report', '{\n  "schemaVersion": 1\n}\n', /not the head of a log of events/],
  ])('%s is one clear error', async (_, text, message) => {
    await expect(replay(text)).rejects.toThrow(message);
  });

  test('with a line that can not be read is judged as far as it goes with --no-strict, but its missing event counts', async () => {
    const report = await replay(`${lines().with(2, '{').join('\n')}\n`, { strict: false });
    expect(report.accepted).toMatchObject([{ kind: 'unread', line: 3 }]);
    expect(report.verdict).toBe('incomplete');
  });
});

test('a packed log is read, and an empty file is no log', async () => {
  const { gzipSync } = await import('node:zlib');
  writeFileSync(file('run.jsonl.gz'), gzipSync(log));
  const report = await analyzeTrace(openTrace(file('run.jsonl.gz'), process.stdin), { allowlist: nothing, verbose: true });
  expect(lasting(report)).toEqual(lasting(live));
  expect((await replay('')).verdict).toBe('incomplete');
});
