import type { ConnectEvent, JudgedEvent, Origin, Owner, Scope } from '../src/index.js';

type Given = {
  readonly to?: readonly [family: string | null, addr: string | null, port: number | null];
  readonly pid?: number;
  readonly argv?: readonly string[] | null;
  readonly ts?: number;
  readonly seq?: number;
  readonly status?: JudgedEvent['status'];
  readonly rule?: string | null;
  readonly owner?: Partial<Owner>;
  readonly origin?: Partial<Origin>;
};

/** A judged connect; what is not given is a violation of 93.184.216.34:443 by nobody. */
export const judgedEvent = (given: Given): JudgedEvent => {
  const { pid = 1234, argv = null, ts = 1_000_000, status = 'violation', rule = null, origin } = given;
  return {
    event: connectEvent({ ...given, pid, ts }),
    owner: { method: 'none', scope: null, candidates: [], timing: null, ...given.owner },
    process: { pid, argv },
    rule,
    status,
    origin: origin ? { call: 'w:1', host: null, site: null, package: null, ...origin } : null,
  };
};

export const connectEvent = ({ to = ['AF_INET', '93.184.216.34', 443], pid = 1234, ts = 1_000_000, seq = 1 }: Given): ConnectEvent => {
  const [family, addr, port] = to;
  return {
    kind: 'connect',
    source: 'strace',
    seq,
    ts,
    pid,
    tid: pid,
    family,
    addr,
    port,
    transport: null,
    timestamp: ts / 1e6,
    result: 0,
    rawLine: '',
  };
};

export const testScope = (file: string, ...names: readonly string[]): Scope => ({
  id: `${file}/${names.join('/')}`,
  kind: 'test',
  file,
  names,
});
