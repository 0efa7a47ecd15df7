import { printable } from '../model/printable.js';
import type { Violation } from '../model/report.js';

/** `addr:port` as reports show it: IPv6 in brackets, a path alone, `<unknown>` where there is no address. */
export const destinationText = ({ addr, port }: Pick<Violation, 'addr' | 'port'>): string => {
  if (addr === null) return '<unknown>';
  const shown = printable(addr);
  if (port === null) return shown;
  return shown.includes(':') ? `[${shown}]:${port}` : `${shown}:${port}`;
};
