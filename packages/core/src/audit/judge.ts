import type { Rule } from '../allowlist/rule.js';
import type { Charged } from '../attribution/attribution.js';
import type { EgressEvent } from '../model/event.js';
import type { JudgedEvent } from '../model/report.js';

/** An event with what is said of it by the rule that allows it, null when none does. */
export const judge = ({ event, owner, process }: Omit<Charged, 'descent'>, rule: Rule | null): JudgedEvent => {
  const charged = { event, owner, process, origin: null };
  if (sendsNothing(event)) return { ...charged, rule: null, status: 'probe' };
  return { ...charged, rule: rule ? rule.name : null, status: rule ? 'allowed' : 'violation' };
};

/**
 * Whether no packet leaves: connect(2) on a datagram socket sends no packet; with port 0 none can follow: so libc sorts addresses (RFC 6724).
 * AF_UNSPEC dissolves an association. A datagram connect to a real port is judged, as writes on it are not traced.
 */
export const sendsNothing = (event: EgressEvent): boolean =>
  event.kind === 'connect' && (event.family === 'AF_UNSPEC' || (event.transport === 'udp' && event.port === 0));
