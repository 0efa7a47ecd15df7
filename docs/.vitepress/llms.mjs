import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { docs, pagesOfSite, withSections } from './sections.mjs';

/**
 * For language models: `llms.txt` lists the pages, with the Markdown of each beside
 * its HTML, and `llms-full.txt` has all of them in one.
 */
export function writeForModels(folder, sidebar) {
  const text = (page) => withSections(readFileSync(join(docs, page), 'utf8'), page);
  const pages = pagesOfSite().filter((page) => page !== 'index.md');
  for (const page of pages) {
    mkdirSync(dirname(join(folder, page)), { recursive: true });
    writeFileSync(join(folder, page), text(page));
  }
  const groups = sidebar.map(({ text: title, items }) => `## ${title}\n\n${items.map(entry).join('\n')}\n`);
  writeFileSync(join(folder, 'llms.txt'), `# netaudit\n\n> ${SENTENCE}\n\n${groups.join('\n')}`);
  writeFileSync(join(folder, 'llms-full.txt'), pages.map((page) => `${text(page)}\n`).join('\n'));
}

const entry = ({ text, link }) => `- [${text}](${link.endsWith('/') ? `${link}README` : link}.md)`;

const SENTENCE =
  'Runs a test suite under strace, names the test that made each connection, judges it against an allowlist, and fails CI on what was not allowed.';
