import type { BlindSpot } from './blind-spot.js';

/** Fields every event has. `ts` is µs since the epoch; `pid` is the process (thread group), `tid` the thread that made the call. */
export type EventBase = {
  readonly source: string;
  readonly seq: number;
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
};

/** `tcp` or `udp` when the trace tells (a decorated descriptor), `null` when it does not. */
export type Transport = 'tcp' | 'udp' | null;

/** What both kinds of egress share: where the call was aimed at. */
export type Aim = {
  /** As strace names it: AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, …; `null` when the address was not readable. */
  readonly family: string | null;
  /** IP address in its canonical text form, socket path (`@name` when abstract), or `null`. */
  readonly addr: string | null;
  readonly port: number | null;
  readonly transport: Transport;
};

/** One connect(2), joined from its halves. */
export type ConnectEvent = EventBase &
  Aim & {
    readonly kind: 'connect';
    /** Seconds as the trace printed them: since the epoch with -ttt, since midnight with -t and -tt. */
    readonly timestamp: number;
    /** 0, or −errno; EINPROGRESS counts as 0; `null` when the call never returned or its result is unknown. */
    readonly result: number | null;
    /** Set when the call returned EINPROGRESS: how it ended is told by a `settled` event, if by any. */
    readonly pending?: true | undefined;
    /** µs that the call took, where the trace tells (-T). */
    readonly took?: number | undefined;
    readonly rawLine: string;
  };

/**
 * A datagram or TCP fast open that carries its own address: sendto(2), sendmsg(2), sendmmsg(2). Also the first sight of a connected socket whose
 * connect is not in the trace: sent on, received with recvmsg(2), or taken with pidfd_getfd(2).
 */
export type SendEvent = EventBase &
  Aim & {
    readonly kind: 'send';
    readonly call: 'sendto' | 'sendmsg' | 'sendmmsg' | 'recvmsg' | 'pidfd_getfd';
    readonly timestamp: number;
    readonly result: number | null;
    readonly rawLine: string;
  };

/**
 * A question to a name service, or, with `answer`, what came back. It is beside the event of its call, if that has one. `exchange` is the
 * same for a question and its answer: nobody but the one who was asked can give it.
 */
export type DnsEvent = EventBase & {
  readonly kind: 'dns';
  readonly question: DnsQuestion;
  /** Whom it was sent to or came from, how, and the message's id. */
  readonly exchange: string;
  readonly server: Aim;
  readonly answer?: DnsAnswer | undefined;
};

/** `name` in presentation format without the last dot, `type` as A, AAAA, … or TYPE65280 (RFC 3597); `A+AAAA` asks for both at once. */
export type DnsQuestion = { readonly name: string; readonly type: string };

/** What a name service answered. */
export type DnsAnswer = {
  /** NOERROR, NXDOMAIN, SERVFAIL, … (IANA, DNS RCODEs). */
  readonly status: string;
  /** The server left records out, and is to be asked by TCP. */
  readonly truncated: boolean;
  /** The trace shows the message in part only: records may be missing. */
  readonly cut: boolean;
  readonly records: readonly DnsRecord[];
};

/** A record of an answer that leads to addresses; `ttl` in seconds, null where it is not told. `hints`: the addresses in it (RFC 9460). */
export type DnsRecord = { readonly name: string; readonly ttl: number | null } & (
  | { readonly type: 'A' | 'AAAA'; readonly addr: string }
  | { readonly type: 'CNAME'; readonly target: string }
  | { readonly type: 'SVCB' | 'HTTPS'; readonly target: string; readonly hints: readonly string[] }
);

/** A new thread (`thread`) or process. `child` is its thread id. */
export type ForkEvent = EventBase & { readonly kind: 'fork'; readonly child: number; readonly thread: boolean };

/** A successful execve(2) or execveat(2). `argv` is null when strace could not read it. */
export type ExecEvent = EventBase & { readonly kind: 'exec'; readonly file: string; readonly argv: readonly string[] | null };

/** The end of one thread. `code` or `signal`, never both. */
export type ExitEvent = EventBase & { readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null };

/** A signal delivered to a thread; `name` like SIGINT. */
export type SignalEvent = EventBase & { readonly kind: 'signal'; readonly name: string };

/** A path given to lchown(2) or fchownat(2) under the marker root; not yet known to be genuine. `path` is the decoded path. */
export type MarkerEvent = EventBase & { readonly kind: 'marker'; readonly path: string };

/** A line that should have been readable and was not. `line` counts from 1. */
export type UnreadEvent = EventBase & { readonly kind: 'unread'; readonly line: number; readonly reason: string; readonly rawLine: string };

/** The source knows that it missed something, or that something can pass it by. */
export type LostEvent = EventBase & { readonly kind: 'lost'; readonly reason: string };

/** The run serves this address from now on. `port` is null when the trace does not tell it. */
export type ListenEvent = EventBase & {
  readonly kind: 'listen';
  readonly family: string | null;
  readonly addr: string | null;
  readonly port: number | null;
};

/** How a connect that was in progress ended, as its program was told (SO_ERROR, or the result of a later call on the descriptor). */
export type SettledEvent = EventBase &
  Aim & {
    readonly kind: 'settled';
    /** `seq` of the connect. */
    readonly connect: number;
    /** µs from the connect to here. */
    readonly took: number;
    /** 0, or −errno. */
    readonly result: number;
    readonly rawLine: string;
  };

/** From here on something can leave unseen. `peer` is the other end of a socket, where that is known. */
export type BlindEvent = EventBase & {
  readonly kind: 'blind';
  readonly spot: BlindSpot;
  readonly peer: string | null;
  /** Where the other end of an accepted connection is not known: the port of the server, null where that is not known either. */
  readonly port?: number | null | undefined;
  readonly rawLine: string;
};

export type Event =
  | ConnectEvent
  | SendEvent
  | ListenEvent
  | SettledEvent
  | BlindEvent
  | DnsEvent
  | ForkEvent
  | ExecEvent
  | ExitEvent
  | SignalEvent
  | MarkerEvent
  | UnreadEvent
  | LostEvent;

/** The events that can be violations. */
export type EgressEvent = ConnectEvent | SendEvent;

/** The events that are no egress and yet are of somebody's doing. */
export type NotedEvent = SettledEvent | BlindEvent;
