import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Report, renderers } from '../../src/index.js';
import type { ReportRenderer } from '../../src/model/report.js';
import { casesOf, fixturesOf } from '../golden.js';

const reportOf = (name: string): Report => JSON.parse(readFileSync(join(fixturesOf('reporters'), name, 'report.json'), 'utf8')) as Report;

const html: ReportRenderer = renderers.html;

const DATA = /<script type="application\/json" id="report">([^<>&]*)<\/script>/;
const dataOf = (page: string): unknown => JSON.parse(DATA.exec(page)?.[1] ?? '"no data"');

test.each(casesOf('reporters'))('%s: the page has the verbose document in it, and no character that could leave its element', (name) => {
  const report = reportOf(name);
  const page = html.render(report, { verbose: false });
  expect(dataOf(page)).toEqual(JSON.parse(renderers.json.render(report, { verbose: true })));
  expect(page.match(/<script\b/g)).toHaveLength(2);
});

test('what looks like markup, like the place of the data or like a replacement stays text', () => {
  const hostile = '</script><script>alert(1)</script><!-- & \u2028\u202e\u0007 "netaudit:report" $& $` \u{e0041} \ud800';
  const report = { ...reportOf('clean'), notices: [hostile] };
  const page = html.render(report, { verbose: true });
  expect((dataOf(page) as { notices: string[] }).notices).toEqual([hostile]);
  expect(page.match(/<script\b/g)).toHaveLength(2);
  expect(page).not.toMatch(/[\u2028\u202e\u0007]/);
});

test('the page asks for nothing and runs nothing but its own script', () => {
  const page = html.render(reportOf('clean'), { verbose: false });
  const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page) ?? [];
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+';/);
  expect(policy).not.toMatch(/unsafe|http|\*/);
  expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<script'));
});

test.each(['index.js', 'index.cjs'])('the built %s finds the page', (file) => {
  const built = fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));
  const report = join(fixturesOf('reporters'), 'clean', 'report.json');
  const program = `import(${JSON.stringify(built)}).then(({ renderers }) => {
    const report = JSON.parse(require('node:fs').readFileSync(${JSON.stringify(report)}, 'utf8'));
    console.log(renderers.html.render(report, { verbose: true }).length);
  })`;
  expect(Number(execFileSync(process.execPath, ['-e', program], { cwd: '/', encoding: 'utf8' }))).toBeGreaterThan(20_000);
});
