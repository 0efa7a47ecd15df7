import type { Aim } from './event.js';
import { printable } from './printable.js';

/** `addr:port` as reports show it: IPv6 in brackets, a path alone, `<unknown>` where there is no address. */
export const destinationText = ({ addr, port }: Pick<Aim, 'addr' | 'port'>): string => {
  if (addr === null) return '<unknown>';
  const shown = printable(addr);
  if (port === null) return shown;
  return shown.includes(':') ? `[${shown}]:${port}` : `${shown}:${port}`;
};

/** The destination by the host name that was asked for, `host:port (addr)`; without a name, by its address. */
export const placeText = ({ addr, port }: Pick<Aim, 'addr' | 'port'>, host: string | null): string => {
  if (host === null) return destinationText({ addr, port });
  const named = destinationText({ addr: host, port });
  return addr === null ? named : `${named} (${printable(addr)})`;
};
