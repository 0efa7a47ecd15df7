import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { commandLinePage } from './command-line.mjs';
import { environmentPage } from './environment.mjs';
import { exitCodesTable } from './exit-codes.mjs';
import { formatsPage } from './formats.mjs';
import { optionsPage, optionsTable } from './options.mjs';
import { policyPage } from './policy.mjs';

/** The files that are made of the built packages and their sources, all or a part: text by path from the root. */
export async function madePages() {
  const { createProgram, exitCodes } = await import(join(root, 'packages/cli/dist/program.js'));
  const { renderers } = createRequire(join(root, 'packages/cli/package.json'))('@netaudit/core');
  const schema = JSON.parse(readFileSync(join(root, 'packages/core/schema/netaudit.json'), 'utf8'));
  const pages = {
    'command-line.md': commandLinePage(createProgram(() => undefined)),
    'environment.md': environmentPage(),
    'formats.md': formatsPage(renderers),
    'options.md': optionsPage(optionsFile),
    'policy.md': policyPage(schema),
  };
  const blocks = { options: optionsTable(optionsFile), 'exit codes': exitCodesTable(exitCodes) };
  const before = readFileSync(join(root, 'README.md'), 'utf8');
  const readme = Object.entries(blocks).reduce((text, [name, content]) => withBlock(text, name, content), before);
  return new Map([['README.md', readme], ...Object.entries(pages).map(([name, text]) => [`docs/reference/${name}`, text])]);
}

/** A text with what stands between the two comments of a block replaced. */
function withBlock(text, name, content) {
  const place = new RegExp(`(<!-- ${name}: written by npm run docs -- --write -->)[\\s\\S]*?(<!-- end of ${name} -->)`);
  if (!place.test(text)) throw new Error(`README.md has no place for the block '${name}'`);
  return text.replace(place, (_, begin, end) => `${begin}\n${content}\n${end}`);
}

const optionsFile = join(root, 'packages/core/src/integration/options.ts');
