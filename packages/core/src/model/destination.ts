import type { Aim } from './event.js';
import { printable } from './printable.js';

/** `addr:port` as reports show it: IPv6 in brackets, a path alone, `<unknown>` where there is no address. */
export const destinationText = ({ addr, port }: Pick<Aim, 'addr' | 'port'>): string => {
  if (addr === null) return '<unknown>';
  const shown = printable(addr);
  if (port === null) return shown;
  return shown.includes(':') ? `[${shown}]:${port}` : `${shown}:${port}`;
};
