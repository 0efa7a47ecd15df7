import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * Seals the one file: its policy (CSP) allows the script and the style that are in it, by their hashes, and nothing else. The build fails when
 * something is still outside, when a character could not be seen, when there is not exactly one place for the data, or at more than `mostBytes`.
 */
export const sealed = ({ mostBytes }: { readonly mostBytes: number }): Plugin => ({
  name: 'sealed',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const file = bundle['index.html'];
      if (file?.type !== 'asset' || Object.keys(bundle).length !== 1)
        return this.error(`one file is wanted, not ${Object.keys(bundle).join(', ')}`);
      const html = withPolicy(String(file.source));
      const wrong = faultOf(html, mostBytes);
      if (wrong !== null) return this.error(wrong);
      file.source = html;
    },
  },
});

const withPolicy = (html: string): string => html.replace(POLICY, () => policyOf(html));

/** `require-trusted-types-for` refuses what would turn text into markup or code. */
const policyOf = (html: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashesOf(html, SCRIPTS)}`,
    `style-src ${hashesOf(html, STYLES)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

const hashesOf = (html: string, elements: RegExp): string =>
  [...html.matchAll(elements)]
    .map(([, content = '']) => `'sha256-${createHash('sha256').update(content.replaceAll('\r\n', '\n')).digest('base64')}'`)
    .join(' ');

const faultOf = (html: string, mostBytes: number): string | null => {
  const bytes = Buffer.byteLength(html);
  const unseen = UNSEEN.exec(html);
  if (bytes > mostBytes) return `the page has ${bytes} bytes, ${mostBytes} are allowed`;
  if (unseen !== null) return `a character that can not be seen, at ${unseen.index}: U+${unseen[0].codePointAt(0)?.toString(16)}`;
  if (html.split(DATA).length !== 2) return `${DATA} must be in the page once`;
  return html.includes(POLICY) || /<(?:script|link|img)[^>]*\s(?:src|href)=/.test(html) ? 'the page is not in one piece' : null;
};

const POLICY = '%POLICY%';
const DATA = '"netaudit:report"';
const SCRIPTS = /<script type="module"[^>]*>([\s\S]*?)<\/script>/g;
const STYLES = /<style[^>]*>([\s\S]*?)<\/style>/g;
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
