export { isAlias, isMap, isNode, isScalar, isSeq, Lexer, LineCounter, Parser, parseDocument, stringify, visit } from 'yaml';
