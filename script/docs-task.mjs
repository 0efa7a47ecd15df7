import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAtSite } from './docs/look-at-site.mjs';
import { madePages } from './docs/pages.mjs';
import { checkCommands } from './docs/run-commands.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { Stop } from './steps.mjs';

/**
 * Compares the pages that are made of the code with the code, or with `--write` makes them; then builds the site. With `--commands` it runs the commands that the
 * documentation shows instead. Returns the exit code.
 */
export async function docsTask(env, args) {
  const unknown = args.find((arg) => arg !== '--write' && arg !== '--commands');
  if (unknown) throw new Stop(`docs has no argument '${unknown}'; it takes --write and --commands`);
  if (args.includes('--commands')) return showing(await checkCommands(env));
  const made = await checkMadePages(args.includes('--write'));
  const code = showing(made);
  return showing(await checkSite(env)) || code;
}

/** Whether the pages of docs/reference are what the code says. Returns { code, output }. */
export async function checkMadePages(write = false) {
  try {
    return comparePages(await madePages(), write);
  } catch (error) {
    return { code: 1, output: `${error.message}\n` };
  }
}

function comparePages(pages, write) {
  const stale = [...pages].filter(([file, text]) => contentOf(file) !== text);
  for (const [file, text] of write ? stale : []) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const output = stale.map(([file]) => `${file} ${write ? 'is written' : 'is not what the code says: npm run docs -- --write'}\n`);
  return { code: stale.length > 0 && !write ? 1 : 0, output: output.join('') };
}

/** Builds the site into docs/.vitepress/dist, and looks at it. A link that leads nowhere fails it. Returns { code, output }. */
export async function checkSite(env) {
  const vitepress = join(root, 'docs/node_modules/.bin/vitepress');
  const built = await run(vitepress, ['build'], { cwd: join(root, 'docs'), env: { ...env, CI: 'true' }, capture: true });
  return built.code === 0 ? lookAtSite(join(root, 'docs/.vitepress/dist'), env) : built;
}

const contentOf = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : null);

function showing({ code, output }) {
  process.stdout.write(output);
  return code;
}
