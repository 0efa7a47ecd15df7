import type { Aim } from '../../model/event.js';
import type { ReadNames } from '../../model/source.js';
import { dnsDraft, type Payload, payloadsOf } from './buffers.js';
import { argument, type Call, readCall } from './call.js';
import type { Draft } from './draft.js';
import type { JoinedCall } from './join.js';
import { createNameServices } from './name-services.js';
import { readDestination } from './sockaddr.js';
import { createStreams } from './streams.js';

/** Finds what was asked of name services, and what they answered, in the payloads of calls. Anything may be sent there: what is no message is no event. */
export type NameTraffic = {
  /** Of a connect or a send. */
  sent(joined: JoinedCall, call: Call): readonly Draft[];
  /** The socket with this inode was connected to what is no name service of this machine. */
  connectedElsewhere(inode: string): void;
  /** Of a receive, which is evidence of nothing else: one that is damaged is none. */
  received(joined: JoinedCall): readonly Draft[];
};

/** Keeps what it must of sockets whose messages come in parts, or do not say what they are about. */
export const createNameTraffic = (read: ReadNames): NameTraffic => {
  const services = createNameServices(read);
  const streams = createStreams();

  /** Most calls are not about names; what tells is cheap to see. */
  const mayTell = ({ text }: JoinedCall): boolean => nameServerPort.test(text) || services.knows(text.slice(text.indexOf('(') + 1));

  const messages = (joined: JoinedCall, call: Call): readonly Draft[] => {
    const descriptor = argument(call, 0);
    const payloads = payloadsOf(joined.name, call);
    const asked = services.messages(joined, descriptor, payloads);
    const found = asked ?? payloads.flatMap((payload) => dnsMessages(joined, descriptor, payload));
    return found.filter((draft) => isAnswer(draft) === isReceive(joined));
  };

  const dnsMessages = (joined: JoinedCall, descriptor: string, payload: Payload): readonly Draft[] => {
    const server = serverOf(descriptor, payload);
    if (server?.port !== dnsPort) return [];
    const parts = server.transport === 'tcp' ? streams.messages(`${isReceive(joined)} ${joined.tid} ${descriptor}`, payload) : [payload];
    return parts.flatMap(({ bytes, cut }) => {
      const message = read('dns', bytes, cut);
      if (!message?.question) return [];
      const exchange = `${server.transport} ${server.addr} ${message.id}`;
      return [dnsDraft(joined, { exchange, server, question: message.question, answer: message.answer ?? undefined })];
    });
  };

  return {
    sent: (joined, call) => {
      if (joined.name === 'connect') services.connected(argument(call, 0), argument(call, 1));
      return mayTell(joined) ? messages(joined, call) : [];
    },
    connectedElsewhere: services.connectedElsewhere,
    received: (joined) => {
      const call = mayTell(joined) ? readCall(joined.text) : null;
      return call === null ? [] : messages(joined, call);
    },
  };
};

const isReceive = ({ name }: JoinedCall): boolean => name.startsWith('recv');

/** Who sends an answer gives it to others. */
const isAnswer = (draft: Draft): boolean => draft.kind === 'dns' && draft.answer !== undefined;

/** The address that the call gave, else the other end of a decorated descriptor (-yy). */
const serverOf = (descriptor: string, { address }: Payload): Aim | null => {
  const decorated = decoration.exec(descriptor);
  const transport = decorated?.[1] === 'TCP' ? 'tcp' : 'udp';
  const given = readDestination(address);
  if (given.port !== null) return { ...given, transport };
  const [, , version, addr, port] = decorated ?? [];
  if (addr === undefined) return null;
  return { family: version ? 'AF_INET6' : 'AF_INET', addr: addr.replace(/^\[|\]$/g, ''), port: Number(port), transport };
};

/** `17<UDP:[192.0.2.2:34072->192.0.2.53:53]>`, `5<UDPv6:[[fd00::2]:60768->[2001:db8::10]:443]>` (no brackets in 4.15). */
const decoration = /^\d+<(TCP|UDP)(v6)?(?::\[[^<>]*->([^<>]*):(\d{1,5})\])?/;

/** That a call may be with a name server, by its descriptor or its address. */
const nameServerPort =
  /^\w+\((?:\w+=)?\d+<(?:TCP|UDP)(?:v6)?:\[[^<>]{1,100}->[^<>]{1,100}:53\]>|_port=(?:htons\(53\)|"(?:\\0{1,3}|\\x00)(?:5|\\x35)")/;
const dnsPort = 53;
