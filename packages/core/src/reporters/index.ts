import type { ReportRenderer } from '../model/report.js';
import { html } from './html.js';
import { json } from './json.js';
import { text } from './text.js';

/** Every report format by its name. */
export const renderers = { text, json, html } satisfies Record<string, ReportRenderer>;

export type ReportFormat = keyof typeof renderers;
