import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import schema from '../../schema/netaudit.json' with { type: 'json' };
import { presets } from '../../src/allowlist/presets.js';
import { policySchema } from '../../src/allowlist/schema/policy.js';
import { AllowList } from '../../src/index.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const validate = new Ajv({ strict: false }).compile(schema);

const skipped = /(?:^|\/)(?:node_modules|dist|\.git|\.turbo|scratch)(?:\/|$)/;
const filesBelow = (folder: string): string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => !skipped.test(name));

/** Every policy that a page shows: what begins with a version, after comments, and is no baseline. */
const shownIn = (file: string): { place: string; text: string }[] =>
  [...readFileSync(`${root}${file}`, 'utf8').matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)]
    .map(([, text = ''], index) => ({ place: `${file} ${index + 1}`, text }))
    .filter(({ text }) => /^(?:#.*\n|\s*\n)*version: 1$/m.test(text) && !/^known:/m.test(text));

const pages = ['README.md', ...filesBelow('docs').filter((name) => name.endsWith('.md'))].flatMap(shownIn);
const written = filesBelow('examples')
  .filter((name) => name.endsWith('netaudit.yaml'))
  .map((place) => ({ place, text: readFileSync(`${root}${place}`, 'utf8') }));

test('there are policies in the documentation and the examples', () => {
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.some(({ place }) => place.startsWith('README.md'))).toBe(true);
});

test.each([...pages, ...written])('the schema and the reader take the policy of $place', ({ text }) => {
  validate(parse(text));
  expect(validate.errors ?? []).toEqual([]);
  expect(AllowList.fromYaml(text.replace(/^extends:.*\n/m, ''), 'netaudit.yaml')).toBeInstanceOf(AllowList);
});

type Described = { readonly meta: () => { readonly description?: string } | undefined };

const row = (name: string, described: Described): string =>
  `| \`${name}\` | ${(described.meta()?.description ?? '').replaceAll('|', '\\|')} |`;

/** The innermost schema that has a description. */
const unwrapped = (field: unknown): Described => {
  const { def } = field as { readonly def: { readonly innerType?: unknown } };
  return def.innerType ? unwrapped(def.innerType) : (field as Described);
};

const table = (rows: readonly string[]): string => ['| key | what it is |', '| --- | --- |', ...rows].join('\n');

const tables = (): Record<string, string> => {
  const { file, kinds } = policySchema();
  const keys = Object.assign({}, ...Object.values(kinds.allowlist).map(({ shape }) => shape)) as Record<string, unknown>;
  const rows = (shape: object) => Object.entries(shape).map(([name, field]) => row(name, unwrapped(field)));
  return {
    'file keys': table(rows(file.shape)),
    'rule keys': table(rows(keys)),
    presets: [
      '| preset | what it allows |',
      '| --- | --- |',
      ...Object.entries(presets).map(([name, { about }]) => `| \`${name}\` | ${about} |`),
    ].join('\n'),
  };
};

test('the tables of docs/policy.md are what the schema says', () => {
  const file = `${root}docs/policy.md`;
  const text = readFileSync(file, 'utf8');
  const made = Object.entries(tables()).reduce(
    (before, [name, content]) =>
      before.replace(new RegExp(`<!-- ${name} -->\\n[\\s\\S]*?<!-- end -->`), `<!-- ${name} -->\n\n${content}\n\n<!-- end -->`),
    text,
  );
  if (process.env.UPDATE === '1') writeFileSync(file, made);
  expect(readFileSync(file, 'utf8')).toBe(made);
});
