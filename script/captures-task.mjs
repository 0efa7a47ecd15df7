import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { exampleOutput, examplePage, steady } from './captures/example.mjs';
import { pictureOf } from './captures/picture.mjs';
import { terminalSvg } from './captures/terminal-svg.mjs';
import { root } from './paths.mjs';
import { Stop } from './steps.mjs';

/**
 * Makes what the README shows of a real run of examples/vitest: its text, the same in a terminal, and the page of its report. It is run by hand: pictures differ
 * from run to run, by times and pids. Returns the exit code.
 */
export async function capturesTask(env) {
  const output = await exampleOutput(env, { colours: true });
  writeFileSync(readme, withExample(readFileSync(readme, 'utf8'), stripVTControlCharacters(output)));
  mkdirSync(folder, { recursive: true });
  const failures = output.split('\n').flatMap((line, at) => (/^ FAIL /.test(stripVTControlCharacters(line)) ? [at] : []));
  const first = output.split('\n').slice(0, failures[1]).join('\n').trimEnd();
  writeFileSync(
    join(folder, 'terminal.svg'),
    terminalSvg(first, 'Output of Vitest with a test that failed because it connected to a host that is not allowed'),
  );
  await capturePage(env);
  return sizesAreRight();
}

/** Whether the text in the README is what the example prints, times and pids aside. Returns { code, output }. */
export async function checkExample(env) {
  const shown = exampleIn(readFileSync(readme, 'utf8'));
  const printed = await exampleOutput(env, { colours: false });
  if (steady(shown) === steady(printed)) return { code: 0, output: '' };
  return { code: 1, output: `README.md does not show what the example prints (npm run captures puts it there):\n${printed}\n` };
}

async function capturePage(env) {
  const temporary = mkdtempSync(join(tmpdir(), 'captures-'));
  try {
    const file = join(temporary, 'page.html');
    await examplePage(env, file);
    await pictureOf(file, join(folder, 'page.png'), env);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function sizesAreRight() {
  const files = ['terminal.svg', 'page.png'].map((name) => join(folder, name));
  for (const file of files) console.log(`${relative(root, file)}: ${Math.ceil(statSync(file).size / 1000)} kB`);
  return files.every((file) => statSync(file).size < LARGEST) ? 0 : 1;
}

function exampleIn(text) {
  const [, shown] = place.exec(text) ?? [];
  if (shown === undefined) throw new Stop('README.md has no place for the example');
  return shown;
}

const withExample = (text, output) => text.replace(exampleIn(text), () => output);

const readme = join(root, 'README.md');
const folder = join(root, 'docs/public/captures');
const LARGEST = 200_000;
const place = /<!-- example: written by npm run captures -->\n\n?```text\n([\s\S]*?)\n```\n\n?<!-- end of example -->/;
