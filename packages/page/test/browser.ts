import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser as start } from '../../../script/browser.mjs';

const template = (): string => readFileSync(new URL('../dist/index.html', import.meta.url), 'utf8');

/** The page of a report, as core's html reporter makes it. */
const pageOf = (report: unknown): string => {
  const data = JSON.stringify(report).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return template().replace('"netaudit:report"', () => data);
};

export const startBrowser = (): Promise<Browser> => start(process.env);

export type Opened = {
  readonly page: Page;
  /** Shows another report in the same page. */
  readonly show: (report: unknown, hash?: string) => Promise<void>;
  /** Addresses that the page asked for, besides its own file. */
  readonly requests: readonly string[];
  /** What it wrote to the console as an error, what it threw, and what its policy refused. */
  readonly errors: readonly string[];
};

/** Opens the page of a report from a file, and keeps what it asks for and complains of. */
export const opener = (browser: Browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'netaudit-page-'));
  let count = 0;
  let last: BrowserContext | undefined;
  return {
    close: () => rmSync(folder, { recursive: true, force: true }),
    open: async (report: unknown, { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {}): Promise<Opened> => {
      await last?.close();
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      last = context;
      const page = await context.newPage();
      page.setDefaultTimeout(4000);
      const requests: string[] = [];
      const errors: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(pathToFileURL(folder).href)) requests.push(request.url());
      });
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      const show = async (next: unknown, place = ''): Promise<void> => {
        count += 1;
        const file = join(folder, `${count}.html`);
        writeFileSync(file, pageOf(next));
        await page.goto(`${pathToFileURL(file).href}${place}`);
      };
      await show(report, hash);
      return { page, show, requests, errors };
    },
  };
};
