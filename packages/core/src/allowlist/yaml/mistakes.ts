import type { LineCounter } from 'yaml';
import { codeFrame } from '../../libraries/load.js';
import { type ErrorCode, type ErrorDetails, NetauditError, type Position } from '../../model/error.js';
import { printable, printableLines } from '../../model/printable.js';

type Details = Pick<ErrorDetails, 'found' | 'allowed' | 'fix' | 'cause'>;
type Mistake = { readonly offset: number; readonly code: ErrorCode; readonly details: Details };
type Input = { readonly text: string; readonly file: string; readonly lines: LineCounter };

/** The mistakes of one file, gathered so that one run shows them all. `offset` counts UTF-16 units from the start of the text. */
export type Mistakes = {
  add(offset: number, code: ErrorCode, details: Details): void;
  /** Adds the mistake and throws at once. */
  fail(offset: number, code: ErrorCode, details: Details): never;
  throwIfAny(): void;
  /** Whether there are more than anybody reads. */
  isFull(): boolean;
  positionOf(offset: number): Position;
};

export const collectMistakes = (input: Input): Mistakes => {
  const found: Mistake[] = [];
  const add: Mistakes['add'] = (offset, code, details) => void found.push({ offset, code, details });
  const throwIfAny = (): void => {
    if (found.length > 0) throw errorOf(found, input);
  };
  return {
    add,
    throwIfAny,
    isFull: () => found.length > 2 * MOST_OTHERS,
    positionOf: (offset) => positionOf(offset, input),
    fail(offset, code, details) {
      throw errorOf([...found, { offset, code, details }], input);
    },
  };
};

const errorOf = (mistakes: readonly Mistake[], input: Input): NetauditError => {
  const [first, ...others] = mistakes.toSorted((one, other) => one.offset - other.offset);
  if (!first) throw new TypeError('an error needs a mistake');
  const at = positionOf(first.offset, input);
  return new NetauditError(first.code, {
    ...printableDetails(first.details),
    at,
    frame: frameAt(at, input.text),
    ...(others.length > 0 && { others: others.slice(0, MOST_OTHERS).map((mistake) => lineOf(mistake, input)) }),
  });
};

const printableDetails = (details: Details): Details => ({ ...details, found: printable(details.found) });

const lineOf = ({ offset, code, details }: Mistake, input: Input): string =>
  new NetauditError(code, { ...printableDetails(details), at: positionOf(offset, input) }).message;

const positionOf = (offset: number, { file, lines }: Input): Position => {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
};

/** A line may be a megabyte long, and a frame is for reading. */
const frameAt = ({ line, column }: Position, text: string): string => {
  const lines = text.split('\n').map((content) => printable(content.replace(/\r$/, '').replaceAll('\t', ' ')).slice(0, 160));
  return printableLines(
    codeFrame().codeFrameColumns(lines.join('\n'), { start: { line, column } }, { highlightCode: false, linesAbove: 2, linesBelow: 1 }),
  );
};

const MOST_OTHERS = 50;
