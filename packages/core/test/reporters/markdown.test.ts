import { expect, test, vi } from 'vitest';
import { renderers } from '../../src/index.js';
import { elementsIn, OUR_ELEMENTS, pageOf } from './readers.js';
import { manyViolations, reportOf, reports } from './reports.js';

/** Ten thousand violations on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

test.each(reports())('%s has no element of foreign origin, and foreign text only as code', (_, report) => {
  const html = pageOf(renderers.markdown.render(report, { verbose: false }));
  expect(elementsIn(html).filter((name) => !OUR_ELEMENTS.includes(name))).toEqual([]);
  expect(html.replace(/<code[^>]*>[^<]*<\/code>/g, '')).not.toMatch(/@|#|http|www\.|onerror|&(?!quot;)/);
});

test.each(reports())('every row of %s has as many cells as the head', (_, report) => {
  const html = pageOf(renderers.markdown.render(report, { verbose: true }));
  for (const [row = ''] of html.matchAll(/<tr>.*?<\/tr>/gs)) expect(row.match(/<t[hd]>/g)).toHaveLength(4);
});

test('a name comes back as it was', () => {
  const html = pageOf(renderers.markdown.render(reportOf('hostile-names'), { verbose: false }));
  for (const name of [
    '&lt;img src=x onerror=alert(1)&gt;',
    'test/`code` ``more``',
    '[click](http://example.test) ![x](y)',
    'a|b\\\\u{7c}c',
  ]) {
    expect(html).toContain(name);
  }
});

test('ten thousand violations fit into a comment, verbose into a job summary, and the rest is counted', () => {
  const report = manyViolations(10_000, 4);
  const short = renderers.markdown.render(report, { verbose: false });
  const long = renderers.markdown.render(report, { verbose: true });
  expect(short.length).toBeLessThanOrEqual(65_536);
  expect(Buffer.byteLength(long)).toBeLessThan(1024 * 1024);
  for (const text of [short, long]) expect(text).toMatch(/\n\d+ more of 10000 are left out here/);
});
