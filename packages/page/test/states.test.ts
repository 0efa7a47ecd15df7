import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportDocument, Scope } from '../src/model/document.js';
import { type Opened, opener, startBrowser } from './browser.js';
import { generate, small } from './generate.js';

let browser: Browser;
let pages: ReturnType<typeof opener>;
let plainPages: ReturnType<typeof opener>;
let plain: Opened;

beforeAll(async () => {
  browser = await startBrowser();
  pages = opener(browser);
  plainPages = opener(browser);
  plain = await plainPages.open(oldest);
});

afterAll(async () => {
  pages?.close();
  plainPages?.close();
  await browser?.close();
});

const expectQuiet = ({ requests, errors }: Opened): void => expect({ requests, errors }).toEqual({ requests: [], errors: [] });
const textOf = ({ page }: Opened): Promise<string> => page.evaluate(() => document.querySelector('#page')?.textContent ?? '');

const report = generate(small);

/** The keys that the first reports had. */
const oldest: ReportDocument = {
  schemaVersion: 1,
  runId: 'r',
  verdict: 'clean',
  exitCode: 0,
  violations: [],
  gaps: [],
  command: null,
  coverage: { source: 'strace', tool: null, mode: 'log', uncovered: [], fallbacks: [], events: 3, lines: 9, ignoredLines: 1 },
  leftRunning: [],
  unusedRules: [],
};

const states: readonly (readonly [name: string, report: ReportDocument, says: readonly string[]])[] = [
  [
    'an old report',
    oldest,
    [
      'Clean',
      'was written without its events; the audit saw 3 events',
      'does not have the processes',
      'does not list what was asked of DNS',
    ],
  ],
  [
    'a clean one',
    { ...oldest, events: [{ family: 'AF_INET', addr: '127.0.0.1', port: 9, status: 'allowed', rule: 'x' }] },
    ['Clean', 'the one connection'],
  ],
  [
    'an empty one',
    { ...oldest, events: [], dns: [], processes: [] },
    ['nothing was connected to', 'No name service was asked', 'No process was seen'],
  ],
  [
    'an incomplete one',
    { ...oldest, verdict: 'incomplete', exitCode: 2, gaps: [{ kind: 'unread', reason: 'a line that is torn', line: 7, count: 3 }] },
    ['Incomplete', 'did not see everything', 'a line that is torn', 'line 7', '3 gaps'],
  ],
  [
    'one without tests',
    { ...report, scopes: [], timeline: { lanes: [], spans: [] }, ran: [], violations: [] },
    ['No test is named in this report'],
  ],
  [
    'one that findings fail',
    {
      ...oldest,
      verdict: 'violations',
      findings: [{ id: 'f', code: 'door', level: 'fail', message: 'a door', count: 1, scopes: [], evidence: ['7 connect()'] }],
    },
    ['1 finding that fails', 'a door', '7 connect()'],
  ],
];

test.each(states)('%s says in words what it means and what it does not have', async (_, state, says) => {
  await plain.show(state);
  const text = await textOf(plain);
  for (const words of says) expect(text).toContain(words);
  expectQuiet(plain);
});

test('every report of the reporters’ fixtures opens', async () => {
  const folder = fileURLToPath(new URL('../../../fixtures/reporters/', import.meta.url));
  const files = readdirSync(folder).flatMap((name) => join(folder, name, 'expected.verbose.json'));
  for (const file of files) {
    const document = JSON.parse(readFileSync(file, 'utf8')) as ReportDocument;
    await plain.show(document);
    expect([file, await plain.page.locator('h2').count()]).toEqual([file, document.gaps.length > 0 ? 8 : 7]);
  }
  expectQuiet(plain);
});

const name = `<img src=x onerror="document.title='run'"></script><script>document.title='run'</script> \u202eevil\u2066 ${'long '.repeat(2000)}`;

test('a hostile name is shown as text, wherever it stands, and runs nothing', async () => {
  const scope: Scope = { id: 's0', kind: 'test', file: name, names: [name], project: name };
  const opened = await pages.open(hostileReport(scope), { hash: '#event=1' });
  const { page } = opened;
  expect(await page.title()).toBe('netaudit report');
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(2);
  const text = await textOf(opened);
  expect(text).toContain('<img src=x onerror=');
  expect(text).toContain('\\u{202e}evil\\u{2066}');
  expect(/.{0,80}[\u202a-\u202e\u2066-\u2069].{0,40}/.exec(text)?.[0]).toBe(undefined);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  expectQuiet(opened);
});

const hostileReport = (scope: Scope): ReportDocument => {
  const [violation] = report.violations;
  const owner = { scope, method: name, candidates: [scope], timing: name, count: 1 };
  const origin = { call: name, host: name, site: { file: name, line: 1, column: 1, function: name }, package: name };
  return {
    ...report,
    scopes: [scope],
    violations: violation
      ? [{ ...violation, id: name, host: name, suggestedRule: name, scopes: [{ ...owner, origins: [origin] }], deniedBy: [name] }]
      : [],
    findings: [{ id: name, code: name, level: 'warn', message: name, count: 1, scopes: [owner], evidence: [name] }],
    gaps: [{ kind: name, reason: name }],
    notices: [name],
    unusedRules: [name],
    command: { argv: [name], exitCode: 0, signal: null },
    provenance: { netaudit: name, commit: name },
    coverage: { ...report.coverage, tool: name },
    processes: (report.processes ?? []).slice(0, 3).map((entry) => ({ ...entry, argv: [name, name], file: name, signal: name })),
    dns: [{ at: 1, name, type: name, status: name, addresses: [name], server: name, pid: 1, scope: 's0' }],
    events: (report.events ?? []).slice(0, 3).map((event) => ({
      ...event,
      addr: name,
      rule: name,
      scope: 's0',
      violation: name,
      call: name,
      outcome: name,
      origin,
      line: name,
    })),
  };
};

test('on paper it is light, without what can only be clicked, with more of the events', async () => {
  const opened = await pages.open(report, { colorScheme: 'dark' });
  const { page } = opened;
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.getByText(`1 to ${report.events?.length} of ${report.events?.length} events`).waitFor();
  expect(await page.locator('nav, .copy').filter({ visible: true }).count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(26, 32, 39)');
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await page.getByText('1 to 50 of').waitFor();
  expectQuiet(opened);
});

test('the colours are those of the system, or chosen and kept', async () => {
  const opened = await pages.open(report, { colorScheme: 'dark' });
  const { page } = opened;
  const colour = () => page.evaluate(() => getComputedStyle(document.body).color);
  await expect.poll(colour).toBe('rgb(228, 234, 240)');
  await page.getByLabel('Colours').selectOption('light');
  await expect.poll(colour).toBe('rgb(26, 32, 39)');
  await page.reload();
  await expect.poll(colour).toBe('rgb(26, 32, 39)');
});

test('on a narrow screen nothing sticks out', async () => {
  const { page } = await pages.open(report, { viewport: { width: 360, height: 800 }, hash: '#event=2' });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
