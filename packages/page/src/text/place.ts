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

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
