/** One step of a compiled pattern: any run of characters, or a test of one. */
type Step = 'run' | ((character: string) => boolean);

/**
 * A matcher for a shell pattern as Python's fnmatch.fnmatchcase reads it: `*`, `?`, `[seq]`, `[!seq]`; no character is special to a path,
 * so `*` crosses `/` and matches a leading dot. Time is at most pattern × text.
 */
export const compilePattern = (pattern: string): ((text: string) => boolean) => {
  const start = literalStart(pattern);
  if (start === pattern) return (text) => text === pattern;
  const end = pattern.slice(start.length + 1);
  const isOneRun = pattern[start.length] === '*' && literalStart(end) === end && !HALF.test(pattern);
  if (isOneRun) return (text) => text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
  const steps = stepsOf([...pattern]);
  return (text) => matchSteps(steps, [...text]);
};

/** The characters with which every text begins that the pattern matches; all of a pattern that matches one text alone. */
export const literalStart = (pattern: string): string => /^[^*?[]*/.exec(pattern)?.[0] ?? '';

/** Half of a character outside of the BMP: with the other half, in a text, it is another character. */
const HALF = /\p{Surrogate}/u;

/** The pattern that matches exactly this text. */
export const escapePattern = (text: string): string => text.replace(/[*?[]/g, '[$&]');

const stepsOf = (pattern: readonly string[]): Step[] => {
  const steps: Step[] = [];
  for (let index = 0; index < pattern.length; ) {
    const { step, next } = stepAt(pattern, index);
    if (step !== 'run' || steps.at(-1) !== 'run') steps.push(step);
    index = next;
  }
  return steps;
};

const stepAt = (pattern: readonly string[], index: number): { step: Step; next: number } => {
  const character = pattern[index];
  if (character === '*') return { step: 'run', next: index + 1 };
  if (character === '?') return { step: () => true, next: index + 1 };
  const set = readSet(pattern, index);
  return set ? { step: set.has, next: set.next } : { step: (other) => other === character, next: index + 1 };
};

/** The set of characters that begins at `index`, and where it ends; null where none does. */
export const readSet = (
  pattern: readonly string[],
  index: number,
): { readonly has: (character: string) => boolean; readonly next: number } | null => {
  const end = pattern[index] === '[' ? endOfSet(pattern, index) : -1;
  return end === -1 ? null : { has: setOf(pattern.slice(index + 1, end)), next: end + 1 };
};

/** A `]` right after `[` or `[!` is a member. Without a closing `]` the `[` is an ordinary character. */
const endOfSet = (pattern: readonly string[], start: number): number => pattern.indexOf(']', start + (pattern[start + 1] === '!' ? 3 : 2));

const setOf = (content: readonly string[]): ((character: string) => boolean) => {
  const negated = content[0] === '!';
  const ranges = rangesOf(negated ? content.slice(1) : content);
  return (character) => ranges.some(([low, high]) => inOrder(low, character, high)) !== negated;
};

const rangesOf = (members: readonly string[]): [string, string][] => {
  const ranges: [string, string][] = [];
  for (let index = 0; index < members.length; index += 1) {
    const low = members[index] ?? '';
    const high = members[index + 1] === '-' ? members[index + 2] : undefined;
    ranges.push([low, high ?? low]);
    if (high !== undefined) index += 2;
  }
  return ranges;
};

const inOrder = (low: string, character: string, high: string): boolean => {
  const at = character.codePointAt(0) ?? 0;
  return (low.codePointAt(0) ?? 0) <= at && at <= (high.codePointAt(0) ?? 0);
};

/** Greedy, with one point to fall back to: the last `*`. */
const matchSteps = (steps: readonly Step[], text: readonly string[]): boolean => {
  let step = 0;
  let fallback: { step: number; at: number } | null = null;
  for (let at = 0; at < text.length; ) {
    const current = steps[step];
    if (current === 'run') {
      step += 1;
      fallback = { step, at };
    } else if (current?.(text[at] ?? '')) {
      step += 1;
      at += 1;
    } else if (fallback) {
      fallback = { step: fallback.step, at: fallback.at + 1 };
      ({ step, at } = fallback);
    } else return false;
  }
  return steps.slice(step).every((rest) => rest === 'run');
};
