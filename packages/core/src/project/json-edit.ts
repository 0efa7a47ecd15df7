import type { Node, YAMLMap } from 'yaml';
import { yaml } from '../libraries/load.js';

/** JSON text with `value` at the path of keys, where nothing is yet: every byte that was there stays. null where it can not be put there. */
export const addToJson = (text: string, path: readonly string[], value: unknown): string | null => {
  const { isMap, parseDocument } = yaml();
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  return addTo(text, document.contents, path, value);
};

/** The text at a path of keys replaced by `value`; null where there is none. */
export const replaceInJson = (text: string, path: readonly string[], value: unknown): string | null => {
  const node = yaml().parseDocument(text, { prettyErrors: false }).getIn(path, true) as Node | undefined;
  const [from, to] = node?.range ?? [];
  return from === undefined || to === undefined ? null : text.slice(0, from) + JSON.stringify(value) + text.slice(to);
};

const addTo = (text: string, map: YAMLMap, [key = '', ...rest]: readonly string[], value: unknown): string | null => {
  const { isMap, isScalar } = yaml();
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  if (pair && rest.length > 0) return isMap(pair.value) ? addTo(text, pair.value, rest, value) : null;
  if (pair) return null;
  const whole = rest.reduceRight((inner, name) => ({ [name]: inner }), value);
  const last = map.items.at(-1);
  const [from = 0, to = 0] = map.range ?? [];
  const start = (last?.key as Node | undefined)?.range?.[0];
  const end = ((last?.value ?? last?.key) as Node | undefined)?.range?.[1];
  if (start === undefined || end === undefined)
    return `${text.slice(0, from)}{ ${JSON.stringify(key)}: ${JSON.stringify(whole)} }${text.slice(to)}`;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const separator = /^\s*$/.test(line) && text.lastIndexOf('\n', start - 1) >= from ? `,\n${line}` : ', ';
  return `${text.slice(0, end)}${separator}${JSON.stringify(key)}: ${spaced(whole)}${text.slice(end)}`;
};

/** On one line, as people write it. */
const spaced = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`)
    .join(', ')} }`;
};

/** Adds a word to a key that has none, one, or a list. */
export const addWord = (text: string, path: readonly string[], word: string): string | null => {
  const { isScalar, isSeq, parseDocument } = yaml();
  const node = parseDocument(text, { prettyErrors: false }).getIn(path, true);
  if (node === undefined) return addToJson(text, path, word);
  if (isScalar(node)) return replaceInJson(text, path, [word, node.value]);
  return isSeq(node) ? replaceInJson(text, path, [word, ...(node.toJSON() as unknown[])]) : null;
};
