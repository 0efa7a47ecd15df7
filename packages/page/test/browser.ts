import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const template = (): string => readFileSync(new URL('../dist/index.html', import.meta.url), 'utf8');

/** The page of a report, as core's html reporter makes it. */
const pageOf = (report: unknown): string => {
  const data = JSON.stringify(report).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return template().replace('"netaudit:report"', () => data);
};

/** Debian's Chromium, without what it does by itself in the background. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(),
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

const findChromium = (): string => {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const candidates = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = candidates.find(isExecutable);
  if (found === undefined) throw new Error('These tests look at the page in Chromium, and there is none. Type: apt-get install chromium');
  return found;
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

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
