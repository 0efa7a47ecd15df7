/** The candidate that is at most two edits from the word (Levenshtein), or null. */
export const closest = (word: string, candidates: readonly string[]): string | null => {
  if (word.length > LONGEST) return null;
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.min(2, candidate.length - 1))
    .toSorted((one, other) => one.distance - other.distance);
  return best?.candidate ?? null;
};

const editDistance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    row = nextRow(row, character, to, index + 1);
  }
  return row.at(-1) ?? 0;
};

const nextRow = (above: readonly number[], character: string, to: string, first: number): number[] => {
  const row = [first];
  for (let column = 1; column <= to.length; column += 1) {
    const replaced = (above[column - 1] ?? 0) + (to[column - 1] === character ? 0 : 1);
    row.push(Math.min(replaced, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
  }
  return row;
};

const LONGEST = 40;
