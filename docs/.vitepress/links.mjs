import { existsSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { docs, placesOfSections, repository, slugsOn, withSections } from './sections.mjs';

/** A part of markdown-it: pages show the sections they name, and links lead to where a file of the repository is on the site. */
export function sectionsAndLinks(md) {
  const places = placesOfSections();
  md.core.ruler.before('normalize', 'sections', (state) => {
    state.src = withSections(state.src, state.env.relativePath ?? '');
  });
  md.core.ruler.push('links', (state) => {
    for (const { children } of state.tokens) if (children) leadThere(children, state.env.relativePath ?? '', places);
  });
}

function leadThere(tokens, page, places) {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'link_open' || token.attrGet('class') === 'header-anchor') continue;
    const place = placeOf(token.attrGet('href'), page, places);
    if (place.kind === 'page') token.attrSet('href', place.href);
    if (place.kind === 'outside') unlink(tokens, index, place.file);
  }
}

/** Where a link of `page` leads on the site. Throws for a file, or a heading in it, that is not there. */
function placeOf(href, page, places) {
  if (href === null || page === '' || /^([a-z]+:|\/)/.test(href)) return { kind: 'as it is' };
  const [path, anchor] = decodeURI(href).split('#');
  if (path === '') return mustHave(page, page, anchor);
  const file = relative(repository, join(docs, dirname(page), path));
  if (!existsSync(join(repository, file))) throw new Error(`docs/${page}: there is no ${file}`);
  const target = file.startsWith('docs/') ? file.slice('docs/'.length) : (places.get(`${file}#${anchor}`) ?? places.get(file));
  if (target === undefined) {
    if (anchor !== undefined) throw new Error(`docs/${page}: ${file}#${anchor} is on no page`);
    return { kind: 'outside', file };
  }
  mustHave(page, target, anchor);
  const from = posix.relative(dirname(page), target.replace(/(^|\/)README\.md$/, '$1index.md'));
  return { kind: 'page', href: `${from.startsWith('.') ? from : `./${from}`}${anchor ? `#${anchor}` : ''}` };
}

function mustHave(page, target, anchor) {
  if (anchor !== undefined && !slugsOn(target).includes(anchor)) throw new Error(`docs/${page}: docs/${target} has no heading #${anchor}`);
  return { kind: 'as it is' };
}

/** A file that is on no page of the site is named, and not linked to. */
function unlink(tokens, index, file) {
  const close = tokens.findIndex((token, at) => at > index && token.type === 'link_close');
  tokens[index].type = 'span_open';
  tokens[close].type = 'span_close';
  for (const token of [tokens[index], tokens[close]]) token.tag = 'span';
  tokens[index].attrs = [['title', `${file} in the repository`]];
}
