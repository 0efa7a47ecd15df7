import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { startBrowser } from '../browser.mjs';

/**
 * Opens pages of the built site in Chromium, in light and in dark: none may ask for anything outside of the site, complain, or be hard to use for those who
 * read it by other means than looking (axe). Returns { code, output }.
 */
export async function lookAtSite(folder, env) {
  const server = createServer((request, response) => answer(folder, request, response)).listen(0, '127.0.0.1');
  const browser = await startBrowser(env);
  try {
    const site = `http://127.0.0.1:${server.address().port}`;
    const mistakes = [];
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
      for (const path of PAGES)
        mistakes.push(...(await lookAt(await context.newPage(), site, path)).map((text) => `${path} (${colorScheme}): ${text}\n`));
      await context.close();
    }
    return { code: mistakes.length === 0 ? 0 : 1, output: mistakes.join('') };
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

async function lookAt(page, site, path) {
  const mistakes = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${site}/`) && !request.url().startsWith('data:')) mistakes.push(`asks for ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') mistakes.push(message.text());
  });
  page.on('pageerror', (error) => mistakes.push(String(error)));
  const answered = await page.goto(site + path, { waitUntil: 'networkidle' });
  if (answered.status() !== 200) return [`there is no such page (${answered.status()})`];
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(globalThis.document, { resultTypes: ['violations'] }));
  await page.close();
  return [...mistakes, ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)];
}

function answer(folder, request, response) {
  const path = decodeURI(request.url.split('?')[0]);
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const PAGES = [
  '/',
  '/quick-start/vitest.html',
  '/policy.html',
  '/adoption.html',
  '/tutorial.html',
  '/limits.html',
  '/reference/command-line.html',
  '/reference/policy.html',
  '/findings/',
  '/errors/NA104.html',
];
