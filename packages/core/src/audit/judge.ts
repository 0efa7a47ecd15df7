import type { Decision } from '../allowlist/allowlist.js';
import { plainHost } from '../allowlist/host.js';
import type { Call } from '../allowlist/rule.js';
import { isPolicyRule } from '../allowlist/rule-index.js';
import type { Charged } from '../attribution/listener.js';
import type { Aim, EgressEvent } from '../model/event.js';
import type { JudgedEvent, ProcessInfo } from '../model/report.js';

/** An event with what is said of it by the rule that is for it. */
export const judge = ({ event, owner, process }: Omit<Charged, 'descent'>, { effect, rule }: Decision): JudgedEvent => {
  if (sendsNothing(event)) return { event, owner, process, origin: null, rule: null, status: 'probe' };
  if (effect === 'none') return { event, owner, process, origin: null, rule: null, status: 'violation' };
  if (effect === 'deny') {
    return { event, owner, process, origin: null, rule: null, status: 'violation', denied: rule.name || String(rule) };
  }
  const allowed = { event, owner, process, origin: null, rule: rule.name, status: 'allowed' } as const;
  return isPolicyRule(rule) && rule.level === 'warn' ? { ...allowed, warned: rule.name || String(rule) } : allowed;
};

/** What rules look at of a call; the owner is asked for beside it. */
export const callOf = (
  { family, addr, port, transport, ts }: Aim & { readonly ts: number },
  { process, names, served }: { readonly process: ProcessInfo; readonly names: readonly string[]; readonly served: Call['served'] },
): Call => ({ family, addr, port, transport, process, names: names.length === 0 ? names : names.map(plainHost), served, ts: dated(ts) });

/** A time of a trace, µs since the epoch. One with times of day alone does not tell on which day it was made: then now. */
export const dated = (ts: number): number => (ts < firstDate ? Date.now() * 1000 : ts);

const firstDate = Date.UTC(2000, 0, 1) * 1000;

/**
 * Whether no packet leaves: connect(2) on a datagram socket sends no packet; with port 0 none can follow: so libc sorts addresses (RFC 6724).
 * AF_UNSPEC dissolves an association. A datagram connect to a real port is judged, as writes on it are not traced.
 */
export const sendsNothing = (event: EgressEvent): boolean =>
  event.kind === 'connect' && (event.family === 'AF_UNSPEC' || (event.transport === 'udp' && event.port === 0));
