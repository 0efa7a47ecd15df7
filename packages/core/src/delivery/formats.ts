import type { renderers } from '../reporters/index.js';

/**
 * What has to be known of each reporter where options are read, without loading any: what it declares of itself (ReportRenderer). The compiler compares
 * this with the reporters.
 */
export const formats: Formats = {
  text: { log: true, everyEvent: false },
  json: { log: false, everyEvent: false },
  html: { log: false, everyEvent: true },
  junit: { log: false, everyEvent: false },
  sarif: { log: false, everyEvent: false },
  github: { log: true, everyEvent: false },
  gitlab: { log: false, everyEvent: false },
  tap: { log: false, everyEvent: false },
  markdown: { log: false, everyEvent: false },
  'dot-minimal': { log: true, everyEvent: false },
};

type Renderers = typeof renderers;
type Formats = { readonly [Name in keyof Renderers]: { readonly [Fact in 'log' | 'everyEvent']: Says<Renderers[Name], Fact> } };
type Says<Renderer, Fact extends string> = Renderer extends { readonly [Key in Fact]: true } ? true : false;
