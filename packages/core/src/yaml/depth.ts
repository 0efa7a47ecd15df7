import { yaml } from '../libraries/load.js';

/**
 * The offset at which the text is nested more deeply than any file of ours, or null. It is asked before a document is built: building recurses,
 * and a stack that is nearly full kills the process where V8 compiles a regular expression.
 */
export const tooDeepAt = (text: string): number | null => {
  const { Lexer, Parser } = yaml();
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    exhaust(parser.next(lexeme));
    if (parser.stack.length > DEEPEST) return parser.offset;
  }
  return null;
};

/** The parser works while its tokens are taken; here they are of no use. */
const exhaust = (tokens: Iterator<unknown>): void => {
  while (!tokens.next().done);
};

/** A list of ports in an entry is 8 deep. */
const DEEPEST = 50;
