import { NetauditError } from '../model/error.js';
import { readSet } from './fnmatch.js';

/** `folders`: any folders, each with its `/`, or none. `segment`: any run without `/`. `any`: any run. Else a test of one character. */
type Step = 'folders' | 'segment' | 'any' | ((character: string) => boolean);

/**
 * A matcher for a pattern of paths: `*`, `?` and `[seq]` stay within a folder, `**` does not, `{a,b}` is either. A text that is the pattern
 * itself matches too. Time is at most pattern × text. Throws ALLOWLIST_VALUE where braces stand for too many patterns.
 */
export const compileGlob = (pattern: string): ((path: string) => boolean) => {
  const plain = pattern.replace(/^\.\//, '');
  const alternatives = expandBraces(plain).map(stepsOf);
  return (path) => path === plain || alternatives.some((steps) => matchSteps(steps, path));
};

/** Each way to choose one of `{a,b}`; braces do not nest, and one without a comma is ordinary text. */
const expandBraces = (pattern: string): readonly string[] => {
  const parts = pattern.split(/(\{[^{},]*,[^{}]*\})/);
  return parts.reduce<readonly string[]>(
    (done, part, index) => {
      const choices = index % 2 === 1 ? part.slice(1, -1).split(',') : [part];
      if (done.length * choices.length > mostAlternatives) {
        throw new NetauditError('ALLOWLIST_VALUE', {
          found: 'a pattern has too many alternatives in braces',
          allowed: `${mostAlternatives}`,
        });
      }
      return done.flatMap((before) => choices.map((choice) => before + choice));
    },
    [''],
  );
};

const stepsOf = (pattern: string): readonly Step[] => {
  const characters = [...pattern];
  const steps: Step[] = [];
  for (let index = 0; index < characters.length; ) {
    const { step, next } = stepAt(characters, index);
    steps.push(step);
    index = next;
  }
  return steps;
};

const stepAt = (pattern: readonly string[], index: number): { readonly step: Step; readonly next: number } => {
  const character = pattern[index];
  if (character === '*' && pattern[index + 1] === '*') {
    const isWhole = (index === 0 || pattern[index - 1] === '/') && pattern[index + 2] === '/';
    return isWhole ? { step: 'folders', next: index + 3 } : { step: 'any', next: index + 2 };
  }
  if (character === '*') return { step: 'segment', next: index + 1 };
  if (character === '?') return { step: (other) => other !== '/', next: index + 1 };
  const set = readSet(pattern, index);
  if (set) return { step: (other) => other !== '/' && set.has(other), next: set.next };
  return { step: (other) => other === character, next: index + 1 };
};

/** All ways to read the pattern at once, as a set of steps that are reached. */
const matchSteps = (steps: readonly Step[], text: string): boolean => {
  let reached = withEmpty(steps, new Set([0]), true);
  for (const character of text) {
    const next = new Set<number>();
    for (const at of reached) {
      const step = steps[at];
      if (step === 'any' || step === 'folders' || (step === 'segment' && character !== '/')) next.add(at);
      else if (typeof step === 'function' && step(character)) next.add(at + 1);
    }
    if (next.size === 0) return false;
    reached = withEmpty(steps, next, character === '/');
  }
  return reached.has(steps.length);
};

/** Adds what is reached without a character; `isStart`: whether a folder's or file's name begins here. */
const withEmpty = (steps: readonly Step[], reached: Set<number>, isStart: boolean): Set<number> => {
  for (const at of reached) {
    const step = steps[at];
    if (step === 'any' || step === 'segment' || (step === 'folders' && isStart)) reached.add(at + 1);
  }
  return reached;
};

const mostAlternatives = 100;
