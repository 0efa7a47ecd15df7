import { printable } from './printable.js';

/** `host:port`, IPv6 in brackets, a path alone, `<unknown>` where there is none. */
export const placeText = (addr: string | null, port: number | null): string => {
  if (addr === null) return '<unknown>';
  const shown = printable(addr);
  if (port === null) return shown;
  return shown.includes(':') ? `[${shown}]:${port}` : `${shown}:${port}`;
};

/** A command line on one line: the program without its folder, then its arguments. */
export const commandText = (argv: readonly string[] | null | undefined, file?: string | null): string => {
  if (!argv || argv.length === 0) return file ? printable(lastPart(file)) : 'a process whose start was not seen';
  const [program = '', ...args] = argv;
  return printable([lastPart(program), ...args].join(' '));
};

/** As `commandText`, shortened: no options of Node's own, the ends of long paths. */
export const shortCommandText = (argv: readonly string[] | null | undefined, file?: string | null): string => {
  const [program = '', ...args] = argv ?? [];
  const isNode = lastPart(program) === 'node';
  const from = args.findIndex((arg, index) => !arg.startsWith('-') && !takesValue.includes(args[index - 1] ?? ''));
  const isCode = args.slice(0, from).some((arg) => code.includes(arg));
  const kept = isNode && from > 0 && !isCode ? args.slice(from) : args;
  return commandText(argv && [program, ...kept.map(endOf)], file);
};

const endOf = (path: string): string => {
  const parts = path.split('/');
  return path.startsWith('/') && parts.length > 5 ? `…/${parts.slice(-3).join('/')}` : path;
};

/** node(1): options that take the next argument, and those that are followed by code. */
const takesValue = ['-r', '--require', '--import', '-C', '--conditions', '--loader', '--experimental-loader'];
const code = ['-e', '--eval', '-p', '--print'];

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
