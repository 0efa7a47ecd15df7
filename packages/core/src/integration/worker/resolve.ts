import type { Origin } from '../../model/origin.js';
import { type Frame, packageTitle, readFrames } from './frames.js';
import type { Begun, Entry } from './origins.js';
import { stackText } from './stack.js';

/** An origin as the test thread knows it: with the user's frames, innermost first, whose paths are absolute. */
export type ResolvedOrigin = Origin & { readonly frames: readonly Frame[] };

/** Reads the stacks of the calls, innermost first, up to the first frame of the user's own code. `root`: paths inside are shown relative to it. */
export const resolveOrigin = ({ host, entries }: Begun, worker: string, root: string): ResolvedOrigin => {
  const inner: Frame[] = [];
  for (const entry of entries) {
    const frames = entry.stack ? readFrames(stackText(entry.stack)) : [];
    const first = frames.findIndex((frame) => frame.package === null);
    inner.push(...frames.slice(0, first === -1 ? frames.length : first));
    if (first !== -1) return originOf({ host, call: callOf(entry, worker), inner, frames: frames.slice(first) }, root);
  }
  return originOf({ host, call: callOf(entries.at(-1), worker), inner, frames: [] }, root);
};

const callOf = (entry: Entry | undefined, worker: string): string => `${worker}:${entry?.call ?? 0}`;

type Found = { readonly host: string | null; readonly call: string; readonly inner: readonly Frame[]; readonly frames: readonly Frame[] };

/** The package is the one that the user's code called, not one that it uses in turn. */
const originOf = ({ host, call, inner, frames }: Found, root: string): ResolvedOrigin => {
  const [site] = frames;
  const called = inner.at(-1);
  return {
    call,
    host,
    site: site ? { file: relativeTo(root, site.path), line: site.line, column: site.column, function: site.function } : null,
    package: called ? packageTitle(called.path) : null,
    frames: frames.filter((frame) => frame.package === null),
  };
};

const relativeTo = (root: string, path: string): string => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);
