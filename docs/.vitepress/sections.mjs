import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the site, with its pages; and that of the repository. */
export const docs = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
export const repository = dirname(docs);

/**
 * The pages of the site that show a part of a file outside of it, such as a section of README.md: there a line stands that is a link to it,
 * with a comment after it; in the repository a reader follows the link, on the site the part stands there.
 * `source` is Markdown, `page` its path from `docs`. The heading of the part is left out, those below it begin at level 2.
 */
export function withSections(source, page) {
  return source.replace(SHOWN, (_, target) => partFor(page, target).text);
}

/** Where each heading of the files outside of the site is shown: "README.md#exit-codes" → "exit-codes.md". */
export function placesOfSections() {
  const places = new Map([['README.md', 'index.md']]);
  for (const page of pagesOfSite()) {
    const source = readFileSync(join(docs, page), 'utf8');
    for (const [, target] of source.matchAll(SHOWN)) {
      const { file, slugs } = partFor(page, target);
      if (!target.includes('#')) places.set(file, page);
      for (const slug of slugs) places.set(`${file}#${slug}`, page);
    }
  }
  return places;
}

/** Paths from `docs` of all pages, "errors/NA001.md". */
export function pagesOfSite() {
  return readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/(^|\/)(node_modules|\.vitepress|public)\//.test(name))
    .sort();
}

/** As GitHub makes the anchor of a heading: a link to a part holds there and here. */
export const slugOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** The anchors of a page. */
export const slugsOn = (page) => headingsIn(withSections(readFileSync(join(docs, page), 'utf8'), page).split('\n')).map(({ slug }) => slug);

function partFor(page, target) {
  const [path, slug] = target.split('#');
  const file = relative(repository, join(docs, dirname(page), path));
  const lines = readFileSync(join(repository, file), 'utf8').split('\n');
  const headings = headingsIn(lines);
  const begin = slug === undefined ? headings[0] : headings.find((heading) => heading.slug === slug);
  if (begin === undefined) throw new Error(`docs/${page}: ${file} has no heading #${slug}`);
  const inside = headings.filter(({ at }) => at > begin.at);
  const end = inside.find(({ level }) => level <= begin.level)?.at ?? lines.length;
  const part = inside.filter(({ at }) => at < end);
  const raise = Math.min(...part.map(({ level }) => level)) - 2;
  for (const { at } of raise > 0 ? part : []) lines[at] = lines[at].slice(raise);
  return {
    file,
    slugs: [begin, ...part].map((heading) => heading.slug),
    text: moved(lines.slice(begin.at + 1, end).join('\n'), file, page).trim(),
  };
}

/** The headings of a Markdown file, but not what looks like one in a block of code. */
function headingsIn(lines) {
  const headings = [];
  let fence = false;
  for (const [at, line] of lines.entries()) {
    if (line.startsWith('```')) fence = !fence;
    const [, marks, text] = (!fence && /^(#{1,6}) (.*)$/.exec(line)) || [];
    if (marks) headings.push({ at, level: marks.length, slug: slugOf(text) });
  }
  return headings;
}

/** Links in a text of `file`, written as from `page`. */
function moved(text, file, page) {
  const from = join(docs, dirname(page));
  return text.replace(/(\]\(|src=")(?![a-z]+:)([^)"#\s]*)(#[^)"\s]*)?(?=[)"])/g, (_, open, path, anchor = '') => {
    const target = path === '' ? join(repository, file) : join(repository, dirname(file), path);
    return `${open}${relative(from, target)}${anchor}`;
  });
}

const SHOWN = /^\[[^\]]*\]\(([^)]+)\) <!-- on the site: stands here -->$/gm;
