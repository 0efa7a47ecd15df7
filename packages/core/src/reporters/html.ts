import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { printableJson } from '../model/printable.js';
import type { ReportRenderer } from '../model/report.js';
import { documentOf } from './json.js';

/** A page to look at: one file, which the private package `page` builds, with the verbose document of `json` in it. It asks for nothing from anywhere. */
export const html = {
  description: 'a page to look at: timeline, matrix, events; one file that needs no server',
  everyEvent: true,
  render: (report) => {
    const [before = '', after = ''] = template().split(PLACE);
    return `${before}${inert(documentOf(report, true))}${after}`.trimEnd();
  },
} satisfies ReportRenderer;

/** As JSON, without a character that could end the script element or begin markup in it (HTML, "Restrictions for contents of script elements"). */
const inert = (value: object): string =>
  printableJson(JSON.stringify(value)).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

/** Read when a page is made: few runs make one. */
const template = (): string =>
  readFileSync(join(dirname(createRequire(import.meta.url).resolve('@netaudit/core/package.json')), 'dist/page.html'), 'utf8');

/** Where the page has its data: the only place of the template with this text (packages/page/build/sealed.ts). */
const PLACE = '"netaudit:report"';
