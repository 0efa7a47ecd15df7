import type { EventEntry, Span } from '../src/model/document.js';

/** µs since the epoch. */
export const START = 1_795_270_000_000_000;

export type Random = () => number;
export type Destination = {
  readonly addr: string;
  readonly port: number;
  readonly host: string | null;
  readonly status: string;
  readonly rule: string | null;
  readonly family: string;
};

type EventsGiven = {
  readonly eventCount: number;
  readonly spans: readonly Span[];
  readonly destinations: readonly Destination[];
  readonly random: Random;
};

export const eventsOf = ({ eventCount, spans, destinations, random }: EventsGiven): EventEntry[] =>
  Array.from({ length: eventCount }, () => {
    const span = spans[Math.floor(random() * spans.length)] ?? { lane: 0, scope: '', from: START, to: START };
    const isRare = random() < 0.03;
    const index = isRare ? [0, 3, 5, 6][Math.floor(random() * 4)] : 1 + Math.floor(random() ** 2 * (destinations.length - 1));
    const chosen = destinations[index ?? 0];
    const destination = chosen && (isRare || chosen.rule !== null) ? chosen : (destinations[1] as Destination);
    return { at: Math.round(span.from + random() * ((span.to ?? span.from) - span.from)), span, destination };
  })
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, span, destination }, seq) => eventOf(at, span, destination, seq, random));

const eventOf = (at: number, span: Span, destination: Destination, seq: number, random: Random): EventEntry => {
  const { addr, port, host, status, rule, family } = destination;
  const pid = 4100 + span.lane * 10 + (random() < 0.1 ? 3 : 0);
  const [outcome, result] =
    random() < 0.05 ? (['refused', -111] as const) : random() < 0.02 ? (['timed out', -110] as const) : (['connected', 0] as const);
  const took = outcome === 'timed out' ? 400_000 : Math.round(60 + random() ** 4 * 40_000);
  const seconds = (at / 1e6).toFixed(6);
  const target =
    family === 'AF_UNIX'
      ? `{sa_family=AF_UNIX, sun_path="${addr}"}`
      : `{sa_family=${family}, sin_port=htons(${port}), sin_addr=inet_addr("${addr}")}`;
  const isAmbiguous = random() < 0.04;
  return {
    family,
    addr,
    port: family === 'AF_UNIX' ? null : port,
    status,
    rule,
    outcome,
    result,
    seq,
    at,
    took,
    pid,
    tid: pid,
    call: 'connect',
    transport: family === 'AF_UNIX' ? null : 'tcp',
    scope: isAmbiguous ? null : span.scope,
    method: isAmbiguous ? 'ambiguous' : random() < 0.2 ? 'context' : 'lineage',
    timing: null,
    candidates: isAmbiguous ? [span.scope, 's1'] : [],
    names: host === null ? [] : [{ name: host, source: 'dns' }],
    origin: {
      call: `${pid}:${seq}`,
      host,
      site: { file: 'shop/payments.ts', line: 10 + (seq % 80), column: 26, function: 'charge' },
      package: seq % 3 === 0 ? 'undici@7.1.0' : null,
    },
    violation: status === 'allowed' ? null : `v-${addr}-${port}`,
    line: `${pid} ${seconds} connect(21<TCP:[${seq}]>, ${target}, 16) = ${result === 0 ? '0' : `-1 ${outcome === 'refused' ? 'ECONNREFUSED (Connection refused)' : 'ETIMEDOUT (Connection timed out)'}`} <${(took / 1e6).toFixed(6)}>`,
  };
};
