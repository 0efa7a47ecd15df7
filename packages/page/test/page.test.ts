import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Opened, opener, startBrowser } from './browser.js';
import { generate, large, small } from './generate.js';

let browser: Browser;
let pages: ReturnType<typeof opener>;

beforeAll(async () => {
  browser = await startBrowser();
  pages = opener(browser);
});

afterAll(async () => {
  pages?.close();
  await browser?.close();
});

const report = generate(small);
const many = generate(large);

/** Nothing was asked for, nothing failed, nothing was refused by the policy. */
const expectQuiet = ({ requests, errors }: Opened): void => {
  expect(errors).toEqual([]);
  expect(requests).toEqual([]);
};

test('the verdict, what it rests on, and every part are there, and nothing is asked for', async () => {
  const opened = await pages.open(many);
  const { page } = opened;
  expect(await page.locator('h1').textContent()).toContain('3 violations');
  expect(await page.locator('.facts').textContent()).toContain('strace 6.13');
  const titles = await page.locator('h2').allInnerTexts();
  expect(titles).toEqual([
    'Timeline',
    'Violations (3)',
    'Files × destinations',
    'Events (10,000)',
    'Processes (18)',
    'DNS names (30)',
    'Findings and notes',
  ]);
  expectQuiet(opened);
});

test('of 10,000 events a filter, a search and an order show what they say, and the address keeps them', async () => {
  const opened = await pages.open(many);
  const { page } = opened;
  const rows = page.locator('main .events tbody tr');
  await page.getByRole('button', { name: /^violation \d/ }).click();
  const violations = (many.events ?? []).filter(({ status }) => status === 'violation').length;
  await page.getByText(`1 to 50 of ${violations} events`).waitFor();
  await page.getByLabel('Search events').fill('payments refused');
  await page.waitForFunction(() => location.hash.includes('q=payments+refused'));
  expect(new Set(await rows.locator('td:nth-child(6)').allInnerTexts())).toEqual(new Set(['refused']));
  await page.getByRole('button', { name: 'Took' }).click();
  await page.getByRole('button', { name: 'Took' }).click();
  expect(await page.locator('th[aria-sort="descending"]').textContent()).toContain('Took');
  const shown = await rows.allInnerTexts();
  expect(shown.length).toBeGreaterThan(1);
  await page.reload();
  expect(await rows.allInnerTexts()).toEqual(shown);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('1 to 50 of 10,000 events').waitFor();
  expectQuiet(opened);
});

test('a link to an event shows it with its line of the trace, on its page of the table', async () => {
  const opened = await pages.open(many, { hash: '#event=5000' });
  const { page } = opened;
  const detail = page.getByRole('complementary', { name: 'Event 5000' });
  expect(await detail.locator('.evidence').textContent()).toBe(many.events?.[4999]?.line);
  expect(await page.locator('tr[aria-selected="true"] td:first-child').textContent()).toBe('5000');
  await page.waitForFunction(() => {
    const [row, table] = ['tr[aria-selected="true"]', '.events .scroll'].map((place) =>
      document.querySelector(place)?.getBoundingClientRect(),
    );
    return row && table && row.bottom <= table.bottom && row.top >= table.top;
  });
  expectQuiet(opened);
});

test('the keyboard goes through the events, the timeline and the search', async () => {
  const opened = await pages.open(report);
  const { page } = opened;
  await page.keyboard.press('/');
  await page.keyboard.type('connect');
  await page.waitForFunction(() => location.hash === '#q=connect');
  await page.locator('main .events tbody tr').first().focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'PageDown', 'ArrowDown']) await page.keyboard.press(key);
  await page.locator('.detail h3').getByText('#52 ').waitFor();
  expect(await page.evaluate(() => document.activeElement?.querySelector('td')?.textContent)).toBe('52');
  await page.keyboard.press('Escape');
  await page.locator('.detail').waitFor({ state: 'detached' });
  const timeline = page.getByRole('application');
  await timeline.focus();
  await page.keyboard.press('+');
  await page.locator('button:text-is("All"):enabled').waitFor();
  await page.keyboard.press('0');
  await page.locator('button:text-is("All"):disabled').waitFor();
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await page.locator('.detail h3').getByText('#2 ').waitFor();
  expectQuiet(opened);
});

test('a rule and a link are copied as they are', async () => {
  const opened = await pages.open(report, { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = opened;
  const [violation] = report.violations;
  await page.getByRole('button', { name: 'Copy rule' }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${violation?.suggestedRule}\n`);
  await page.locator('main .events tbody tr').nth(4).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).endsWith('#event=5'));
  expectQuiet(opened);
});

test('a cell of the matrix leads to its events, by files and by tests', async () => {
  const opened = await pages.open(report);
  const { page } = opened;
  await page.locator('.cell.violation').first().click();
  await page.getByText('1 to 1 of 1 events').waitFor();
  expect(await page.locator('main .events tbody .status').first().textContent()).toContain('violation');
  await page.getByRole('button', { name: 'by test' }).click();
  await page.locator('.cell.violation').first().click();
  await page.waitForFunction(() => location.hash.includes('test='));
  expectQuiet(opened);
});

test('a click on a mark of the timeline shows its event, a drag zooms', async () => {
  const opened = await pages.open(report);
  const { page } = opened;
  const canvas = page.locator('canvas');
  const at = await page.evaluate(() => document.querySelector('canvas')?.getBoundingClientRect().toJSON() as DOMRect);
  const lane = { x: at.x, y: at.y + 22 + 9 * 2 + 9 };
  await canvas.scrollIntoViewIfNeeded();
  for (let x = 160; x < 1200 && (await page.locator('.detail').count()) === 0; x += 6) await page.mouse.click(lane.x + x, lane.y);
  expect(await page.locator('.detail h3').textContent()).toMatch(/^#\d+ /);
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(at.x + 300, lane.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 500, lane.y);
  await page.mouse.up();
  await page.locator('button:text-is("All"):enabled').waitFor();
  await page.getByRole('button', { name: 'Filter by this time' }).click();
  expect(await page.evaluate(() => location.hash)).toMatch(/from=\d+&to=\d+/);
  expectQuiet(opened);
});

test.each(['light', 'dark'] as const)('readers of screens and of little contrast can use it, %s', async (colorScheme) => {
  const { page } = await pages.open(report, { colorScheme, hash: '#event=3' });
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const found = await (
      window as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe.run();
    return found.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 160))
          .join(' | ')}`,
    );
  });
  expect(violations).toEqual([]);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
