import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { sectionsAndLinks } from './links.mjs';
import { writeForModels } from './llms.mjs';
import { docs, slugOf } from './sections.mjs';

/** The pages of a folder that has one for each code: { text, link } by its name. */
const each = (folder) =>
  readdirSync(join(docs, folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => ({ text: name.replace('.md', ''), link: `/${folder}/${name.replace('.md', '')}` }));

const sidebar = [
  {
    text: 'Quick start',
    items: [
      { text: 'Vitest', link: '/quick-start/vitest' },
      { text: 'Jest', link: '/quick-start/jest' },
      { text: 'Mocha', link: '/quick-start/mocha' },
      { text: 'node:test', link: '/quick-start/node-test' },
      { text: 'Any command', link: '/quick-start/any-command' },
      { text: 'As a library', link: '/quick-start/library' },
    ],
  },
  {
    text: 'Guide',
    items: [
      { text: 'The policy', link: '/policy' },
      { text: 'Permission in a test file', link: '/permissions' },
      { text: 'Adoption', link: '/adoption' },
      { text: 'Tutorial: from 200 violations to none', link: '/tutorial' },
      { text: 'Reports', link: '/reports' },
      { text: 'On the terminal', link: '/terminal' },
      { text: 'The log of events', link: '/event-log' },
      { text: 'The page', link: '/page' },
      { text: 'In CI', link: '/ci' },
      { text: 'Who is charged', link: '/attribution' },
      { text: 'What it sees, and what it can not', link: '/limits' },
      { text: 'Ways out', link: '/coverage' },
      { text: 'When something goes wrong', link: '/faults' },
      { text: 'What an audit costs', link: '/performance' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'Command line', link: '/reference/command-line' },
      { text: 'Options of the frameworks', link: '/reference/options' },
      { text: 'Keys of the policy', link: '/reference/policy' },
      { text: 'Report formats', link: '/reference/formats' },
      { text: 'Exit codes', link: '/exit-codes' },
      { text: 'Environment variables', link: '/reference/environment' },
      { text: 'Versions', link: '/versions' },
      { text: 'Findings', link: '/findings/', collapsed: true, items: each('findings') },
      { text: 'Error codes', link: '/errors/', collapsed: true, items: each('errors') },
    ],
  },
  {
    text: 'The project',
    items: [
      { text: 'Architecture', link: '/ARCHITECTURE' },
      { text: 'Contributing', link: '/contributing' },
      { text: 'Where a test goes', link: '/TESTS' },
      { text: 'How to add a source, format, adapter', link: '/PLUGINS' },
      { text: 'Decision: reading fast', link: '/decisions/reading-fast' },
      { text: 'Decision: what a traced call costs', link: '/decisions/traced-calls' },
      { text: 'Decision: starting fast', link: '/decisions/start' },
      { text: 'Decision: deciding fast', link: '/decisions/deciding-fast' },
      { text: 'Security', link: '/security' },
      { text: 'Changelog', link: '/changelog' },
    ],
  },
];

export default defineConfig({
  title: 'netaudit',
  description: 'Shows and limits what a test suite talks to, names the test that did it, and fails CI on what was not allowed.',
  lang: 'en',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  rewrites: { 'errors/README.md': 'errors/index.md', 'findings/README.md': 'findings/index.md' },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: slugOf },
    toc: { slugify: slugOf },
    headers: { slugify: slugOf },
    config: sectionsAndLinks,
  },
  themeConfig: {
    nav: [
      { text: 'Quick start', link: '/quick-start/vitest', activeMatch: '^/quick-start/' },
      { text: 'Policy', link: '/policy' },
      { text: 'Adoption', link: '/adoption' },
      { text: 'Reports', link: '/reports' },
      { text: 'Findings', link: '/findings/', activeMatch: '^/findings/' },
      { text: 'Errors', link: '/errors/', activeMatch: '^/errors/' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    footer: { message: `${JSON.parse(readFileSync(join(docs, 'package.json'), 'utf8')).license} licence` },
  },
  buildEnd: ({ outDir }) => writeForModels(outDir, sidebar),
});
