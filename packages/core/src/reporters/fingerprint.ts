import { createHash } from 'node:crypto';
import type { Problem, Unmarked } from './problem.js';

/** Those that are told apart by nothing that lasts, such as two ports that the system handed out, are numbered in their order. */
export const fingerprinted = (problems: readonly Unmarked[]): readonly Problem[] => {
  const seen = new Map<string, number>();
  return problems.map(({ mark, ...problem }) => {
    const text = JSON.stringify(mark);
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    return {
      ...problem,
      fingerprint: createHash('sha256')
        .update(nth === 1 ? text : `${text} ${nth}`)
        .digest('hex')
        .slice(0, 32),
    };
  });
};
