import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectFrameworks, type FoundFramework } from './detect.js';
import { addToJson, addWord, replaceInJson } from './json-edit.js';
import { packageFolders } from './packages.js';
import { editJestConfig, editVitestConfig } from './script-edit.js';

/** A file as it is (null: it is not there) and as it will be. Paths are relative to the root. */
export type Change = { readonly file: string; readonly before: string | null; readonly after: string };

/** What `init` will do, and what is left to the user. */
export type InitPlan = {
  readonly changes: readonly Change[];
  /** What could not be changed safely: where, and what to write. */
  readonly byHand: readonly { readonly file: string; readonly write: string }[];
  /** Adapters that are not installed, each with the folder of its package. */
  readonly install: readonly { readonly folder: string; readonly adapter: string }[];
  /** Frameworks that were found, as `folder: name version`. */
  readonly found: readonly string[];
};

/** The plan for the package or workspace in `root`: the policy, and each framework's one line. `policy`: the text of a new netaudit.yaml. */
export const planInit = (root: string, policy: string): InitPlan => {
  const steps = packageFolders(root).flatMap((folder) => detectFrameworks(join(root, folder)).map((found) => ({ folder, found })));
  const files = new Map<string, Change>();
  const byHand: { file: string; write: string }[] = [];
  if (!existsSync(join(root, 'netaudit.yaml'))) files.set('netaudit.yaml', { file: 'netaudit.yaml', before: null, after: policy });
  const ignored = ignoreReport(root);
  if (ignored) files.set(ignored.file, ignored);
  for (const { folder, found } of steps) {
    if (found.wired) continue;
    const { edits, write } = editsOf(found);
    const changed = applyAll(root, folder, files, edits);
    if (changed === null) byHand.push({ file: join(folder, edits[0]?.file ?? ''), write });
    else for (const change of changed) files.set(change.file, change);
  }
  return {
    changes: [...files.values()].filter(({ before, after }) => before !== after),
    byHand,
    install: steps
      .filter(({ found }) => !found.adapterInstalled)
      .map(({ folder, found }) => ({ folder, adapter: found.framework.adapter })),
    found: steps.map(
      ({ folder, found }) => `${folder || '.'}: ${found.framework.name}${found.version === null ? '' : ` ${found.version}`}`,
    ),
  };
};

type Edit = { readonly file: string; readonly edit: (text: string | null) => string | null };

/** All edits, each after the one before it; null when one of them can not be made: then none is. */
const applyAll = (root: string, folder: string, files: ReadonlyMap<string, Change>, edits: readonly Edit[]): readonly Change[] | null => {
  const done = new Map(files);
  for (const { file, edit } of edits) {
    const change = changeFile(root, join(folder, file), done, edit);
    if (change === null) return null;
    done.set(change.file, change);
  }
  return [...done.values()];
};

const changeFile = (root: string, file: string, files: ReadonlyMap<string, Change>, edit: Edit['edit']): Change | null => {
  const planned = files.get(file);
  const before = planned ? planned.before : existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : null;
  const after = edit(planned ? planned.after : before);
  return after === null ? null : { file, before, after };
};

const editsOf = (found: FoundFramework): { readonly edits: readonly Edit[]; readonly write: string } => {
  switch (found.framework.name) {
    case 'vitest':
      return {
        write: `import netaudit from '@netaudit/vitest', and plugins: [netaudit(${OPTIONS})]`,
        edits: [
          { file: found.config ?? 'vitest.config.mjs', edit: (text) => (text === null ? VITEST_CONFIG : editVitestConfig(OPTIONS)(text)) },
        ],
      };
    case 'jest':
      return { write: `reporters: ['default', ['@netaudit/jest', ${OPTIONS}]]`, edits: [jestEdit(found.config)] };
    case 'mocha':
      return { write: '"require": "@netaudit/mocha"', edits: [mochaEdit(found.config), optionsInManifest] };
    case 'node:test':
      return {
        write: 'node --test --require @netaudit/node-test in the script',
        edits: [{ file: 'package.json', edit: editScripts }, optionsInManifest],
      };
  }
};

const jestEdit = (config: string | null): Edit => {
  const reporters = ['default', ['@netaudit/jest', REPORT]];
  if (config?.endsWith('.json') && config !== 'package.json')
    return { file: config, edit: (text) => text && addToJson(text, ['reporters'], reporters) };
  if (config !== null && config !== 'package.json') return { file: config, edit: (text) => text && editJestConfig(OPTIONS)(text) };
  return {
    file: 'package.json',
    edit: (text) => text && addToJson(text, ['jest', 'reporters'], reporters),
  };
};

const mochaEdit = (config: string | null): Edit => {
  if (config === null) return { file: '.mocharc.json', edit: () => '{ "require": "@netaudit/mocha" }\n' };
  const path = config === 'package.json' ? ['mocha', 'require'] : ['require'];
  return { file: config, edit: (text) => (text && /\.(?:json|ya?ml)$/.test(config) ? addWord(text, path, '@netaudit/mocha') : null) };
};

/** Frameworks whose one line has no place for options take them from package.json. */
const optionsInManifest: Edit = {
  file: 'package.json',
  edit: (text) => {
    if (text === null) return null;
    return (JSON.parse(text) as { netaudit?: unknown }).netaudit === undefined ? addToJson(text, ['netaudit'], REPORT) : text;
  },
};

const editScripts = (text: string | null): string | null => {
  const { scripts = {} } = JSON.parse(text ?? '{}') as { scripts?: Record<string, string> };
  return Object.entries(scripts).reduce<string | null>((done, [name, script]) => {
    const changed = script.replace(/\bnode\b([^&|;]*?)\s--test(?=\s|=|$)/g, 'node$1 --test --require @netaudit/node-test');
    return changed === script || done === null ? done : replaceInJson(done, ['scripts', name], changed);
  }, text);
};

/** The report is not to be committed. */
const ignoreReport = (root: string): Change | null => {
  const file = '.gitignore';
  if (!existsSync(join(root, file))) return null;
  const before = readFileSync(join(root, file), 'utf8');
  return before.includes(REPORT_FILE)
    ? null
    : { file, before, after: `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${REPORT_FILE}\n` };
};

const REPORT_FILE = 'netaudit-report.json';
const REPORT = { report: [{ format: 'json', file: REPORT_FILE }] };
const OPTIONS = `{ report: [{ format: 'json', file: '${REPORT_FILE}' }] }`;
const VITEST_CONFIG = `import netaudit from '@netaudit/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [netaudit(${OPTIONS})] });
`;
