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

/**
 * The destination by what stays the same from run to run: the host if it is known, else the address; `ephemeral` for a port that systems hand
 * out (from 32768 on, Linux's ip_local_port_range). Unix sockets are `unix:PATH`, other families their name.
 */
export const destinationKey = ({ family, addr, port }: Pick<Aim, 'family' | 'addr' | 'port'>, host: string | null): string => {
  if (family === 'AF_UNIX') return `unix:${addr ?? ''}`;
  if (family !== 'AF_INET' && family !== 'AF_INET6') return addr === null ? (family ?? 'AF_UNKNOWN') : `${family} ${addr}`;
  const place = host === null ? (addr ?? '<unknown>') : plainName(host);
  if (port === null) return place;
  return `${place.includes(':') ? `[${place}]` : place}:${isEphemeral(port) ? 'ephemeral' : port}`;
};

/** Whether systems hand out the port by themselves. */
export const isEphemeral = (port: number): boolean => port >= firstEphemeralPort;

export const firstEphemeralPort = 32_768;

/** As names are compared: without case and last dot. */
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');
