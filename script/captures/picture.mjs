import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** Takes a picture (PNG) of the top of a page in a file. Chromium makes no request of its own, and the page none. */
export async function pictureOf(page, picture) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  try {
    const tab = await browser.newPage({ viewport: { width: 1200, height: 1100 }, colorScheme: 'light', offline: true });
    await tab.goto(pathToFileURL(page).href, { waitUntil: 'load' });
    await tab.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
