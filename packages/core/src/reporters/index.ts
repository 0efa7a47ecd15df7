import type { ReportRenderer } from '../model/report.js';
import { dotMinimal } from './dot-minimal.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';
import { tap } from './tap.js';
import { text } from './text.js';

/** Every report format by its name. */
export const renderers = {
  text,
  json,
  html,
  junit,
  sarif,
  github,
  gitlab,
  tap,
  markdown,
  'dot-minimal': dotMinimal,
} satisfies Record<string, ReportRenderer>;

export type ReportFormat = keyof typeof renderers;
