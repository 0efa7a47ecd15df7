import { pathToFileURL } from 'node:url';
import { startBrowser } from '../browser.mjs';

/** Takes a picture (PNG) of the top of a page in a file, which may ask for nothing. */
export async function pictureOf(page, picture, env) {
  const browser = await startBrowser(env);
  try {
    const tab = await browser.newPage({ viewport: { width: 1200, height: 1100 }, colorScheme: 'light', offline: true });
    await tab.goto(pathToFileURL(page).href, { waitUntil: 'load' });
    await tab.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
}
