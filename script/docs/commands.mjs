import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';

/**
 * Every block of commands in the documentation: { file, line, text, mark }. A comment right above it says what becomes of it (invisible to readers):
 *
 *     <!-- run: PROJECT -->                        run in such a project (projects.mjs); each command must end with 0
 *     <!-- run: PROJECT; ends with 0 1 -->         or with these codes
 *     <!-- not run: REASON -->
 *
 * `mark` is { kind: 'run', project, codes (null: all 0) }, { kind: 'not run', reason }, { kind: 'console' } for what a test types, or null where no comment is.
 */
export function commandBlocks() {
  return documents().flatMap((file) => blocksIn(file, readFileSync(join(root, file), 'utf8')));
}

/** The blocks of one document. */
export function blocksIn(file, text) {
  const lines = text.split('\n');
  const blocks = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [fence, language] = /^ *```([a-z]+)?/.exec(lines[at]) ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && /^ *```\s*$/.test(line));
    if (LANGUAGES.includes(language)) {
      blocks.push({ file, line: at + 1, text: lines.slice(at + 1, end).join('\n'), mark: markOf(file, language, lines.slice(0, at)) });
    }
    at = end < 0 ? lines.length : end;
  }
  return blocks;
}

/** The commands of a block: one or several lines each, comments and empty lines left out. */
export function commandsIn(text) {
  const commands = [];
  let begun = '';
  for (const line of text.split('\n')) {
    begun += begun === '' ? line : `\n${line}`;
    if (!isWhole(begun)) continue;
    if (!/^\s*(#|$)/.test(begun)) commands.push(begun);
    begun = '';
  }
  return begun === '' ? commands : [...commands, begun];
}

/** Markdown that a user or contributor reads: what git knows, but for golden files and code. */
function documents() {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' });
  return files.split('\n').filter((file) => file !== '' && !/^(fixtures|CHANGELOG)|\/(fixtures|behaviours|test)\//.test(file));
}

function markOf(file, language, before) {
  if (language === 'console') return file === 'docs/tutorial.md' ? { kind: 'console' } : null;
  const above = before.findLast((line) => line.trim() !== '') ?? '';
  const [, verb, words] = /^ *<!-- (run|not run): (.+?) -->$/.exec(above) ?? [];
  if (verb === undefined) return null;
  if (verb === 'not run') return { kind: verb, reason: words };
  const [project, codes = null] = words.split('; ends with ');
  return { kind: verb, project, codes: codes?.split(' ').map(Number) ?? null };
}

const isWhole = (text) => !text.endsWith('\\') && spawnSync('bash', ['-n', '-c', text], { stdio: 'ignore' }).status === 0;

const LANGUAGES = ['sh', 'bash', 'shell', 'console'];
