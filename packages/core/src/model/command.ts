import { printable } from './printable.js';

/** A command line as people know it, on one line of at most 100 characters: the program's name without its folder, and for Node the script without Node's own options. */
export const commandText = (argv: readonly string[]): string => {
  const [file = '', ...args] = argv;
  const program = file.slice(file.lastIndexOf('/') + 1);
  const text = printable([program, ...(program === 'node' ? withoutNodeOptions(args) : args)].join(' '));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
};

const withoutNodeOptions = (args: readonly string[]): string[] => {
  const [first, ...rest] = args;
  if (first === undefined) return [];
  if (first.startsWith('-') && !codeOptions.includes(first)) return withoutNodeOptions(rest.slice(valueOptions.includes(first) ? 1 : 0));
  return [lastOf(first), ...rest];
};

/** The end of a long absolute path. */
const lastOf = (path: string): string => {
  const parts = path.split('/');
  return path.startsWith('/') && parts.length > 5 ? `…/${parts.slice(-4).join('/')}` : path;
};

/** node(1): options that take the next argument, and those after which comes code. */
const valueOptions = ['-r', '--require', '--import', '-C', '--conditions', '--loader', '--experimental-loader'];
const codeOptions = ['-e', '--eval', '-p', '--print', '-'];
const longest = 100;
