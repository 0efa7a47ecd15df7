import { type ErrorCode, errorMeanings } from './error-codes.js';

export type { ErrorCode };

/** Where a mistake is: `file:line:column`, both from 1. */
export type Position = { readonly file: string; readonly line: number; readonly column: number };

/** `file:line:column`. */
export const positionText = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

export type ErrorDetails = {
  /** What was found, in one sentence. */
  readonly found: string;
  /** What is allowed. */
  readonly allowed?: string;
  /** How to fix it. */
  readonly fix?: string;
  readonly at?: Position;
  /** The source around `at`, already rendered. */
  readonly frame?: string;
  /** Further mistakes of the same input, one line each, in the order of the input. */
  readonly others?: readonly string[];
  readonly cause?: unknown;
};

/** A mistake of the user's or of the machine's set-up: coded, positioned, printed without a stack. */
export class NetauditError extends Error {
  override readonly name: string = 'NetauditError';
  readonly code: ErrorCode;
  /** `NA` and three digits, as docs/errors lists it. */
  readonly number: string;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(messageOf(code, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.number = errorMeanings[code].number;
    this.details = details;
  }
}

/** strace is not on PATH. */
export class StraceNotFoundError extends NetauditError {
  override readonly name = 'StraceNotFoundError';

  constructor() {
    super('STRACE_NOT_FOUND', {
      found: 'strace is not on PATH',
      fix: 'install it: apt install strace (Debian, Ubuntu), dnf install strace (Fedora), apk add strace (Alpine)',
    });
  }
}

const messageOf = (code: ErrorCode, details: ErrorDetails): string => {
  const where = details.at ? `${positionText(details.at)}: ` : '';
  const parts = [details.found];
  if (details.allowed !== undefined) parts.push(`allowed: ${details.allowed}`);
  if (details.fix !== undefined) parts.push(details.fix);
  return `${where}${parts.join('; ')} [${errorMeanings[code].number} ${code}]`;
};
