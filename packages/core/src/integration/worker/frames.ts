import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One frame of a formatted stack that is in a file. `package`: the one in node_modules that the file is of, null for the user's own code. */
export type Frame = {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly function: string | null;
  readonly package: string | null;
};

/** The frames of a formatted stack (V8's form), innermost first, without those of Node, of ours and of test frameworks. */
export const readFrames = (stack: string): Frame[] =>
  stack.split('\n').flatMap((line) => {
    const frame = readFrame(line);
    return frame && !isOurs(frame.path) && !frameworks.test(frame.package ?? '') ? [frame] : [];
  });

const readFrame = (text: string): Frame | null => {
  const found = /^\s*at (?:(?<name>.*?) \()?(?<place>[^()]*):(?<line>\d+):(?<column>\d+)\)?$/.exec(text)?.groups;
  const path = pathOf(found?.place?.replace(/^async /, '') ?? '');
  if (!found || path === null) return null;
  return { path, line: Number(found.line), column: Number(found.column), function: functionOf(found.name), package: packageOf(path) };
};

/** Absolute path of a file; null for Node's own code and for code without a file. Vite puts `/@fs` before and `?v=…` after some paths. */
const pathOf = (place: string): string | null => {
  const plain = place.replace(/[?#].*$/, '');
  if (plain.startsWith('/')) return plain.replace(/^\/@fs\//, '/');
  try {
    return plain.startsWith('file:') ? fileURLToPath(plain) : null;
  } catch {
    return null;
  }
};

const functionOf = (name: string | undefined): string | null => {
  const plain = name?.replace(/^async /, '').replace(/^(?:Object|Module)\./, '') ?? '';
  return plain === '' || plain.includes('<anonymous>') || plain.startsWith('__vite') ? null : plain;
};

/** The innermost node_modules counts: pnpm's `node_modules/.pnpm/a@1/node_modules/a` is package `a`. */
const packageOf = (path: string): string | null => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;

/** `name@version` of the package that `path` is of; `name` when its package.json can not be read. */
export const packageTitle = (path: string): string | null => {
  const found = /(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path);
  const [, folder, name] = found ?? [];
  if (folder === undefined || name === undefined) return null;
  try {
    const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? `${name}@${version}` : name;
  } catch {
    return name;
  }
};

/** Taken before user code can mock fs. */
const { readFileSync } = fs;

/** Files of this package and of its siblings (the adapters), also where they are not in node_modules. */
const isOurs = (path: string): boolean => path.startsWith(siblings) && /^[^/]+\/(?:dist|src)\//.test(path.slice(siblings.length));
const siblings = fileURLToPath(import.meta.url).replace(/[^/]+\/(?:dist|src)\/.*$/, '');

/** Runners, and the wrappers their mocks put around functions. */
const frameworks = /^(?:vitest|@vitest\/.*|vite|vite-node|tinypool|tinyspy|jest|jest-.*|@jest\/.*|mocha|@netaudit\/.*)$/;
