import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';

import { zone } from './zone.mjs';

/** Answers DNS over UDP and TCP (RFC 1035) on port 53 of the addresses; resolves when all are listening. */
export async function serveDns(addresses) {
  await Promise.all(addresses.flatMap((address) => [listenUdp(address), listenTcp(address)]));
}

async function listenUdp(address) {
  const socket = dgram.createSocket(net.isIPv6(address) ? 'udp6' : 'udp4');
  socket.on('message', (query, peer) => {
    answer(query, UDP_LIMIT, (reply) => socket.send(reply, peer.port, peer.address, ignore));
  });
  socket.bind(53, address);
  await once(socket, 'listening');
}

async function listenTcp(address) {
  const server = net.createServer((socket) => {
    let pending = Buffer.alloc(0);
    socket.on('error', ignore);
    socket.on('data', (chunk) => {
      pending = takeQueries(Buffer.concat([pending, chunk]), socket);
    });
  });
  await once(server.listen(53, address), 'listening');
}

// RFC 1035 §4.2.2: over TCP each message follows its length in two bytes.
function takeQueries(pending, socket) {
  while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
    const end = 2 + pending.readUInt16BE(0);
    answer(pending.subarray(2, end), TCP_LIMIT, (reply) => socket.write(Buffer.concat([uint16(reply.length), reply])));
    pending = pending.subarray(end);
  }
  return pending;
}

function answer(query, limit, send) {
  const question = readQuestion(query);
  if (!question) return;
  const entry = Object.hasOwn(zone, question.name) ? zone[question.name] : { rcode: NXDOMAIN };
  if (entry.silent) return;
  const reply = encodeReply(query, question, { rcode: entry.rcode ?? 0, records: records(entry, question.type), limit });
  setTimeout(send, entry.delay ?? 0, reply);
}

// The one question of a query; nothing for what is not a query, which then gets no answer.
function readQuestion(query) {
  if (query.length < HEADER || query.readUInt16BE(4) !== 1) return undefined;
  const labels = [];
  let offset = HEADER;
  for (let length = query[offset]; length; length = query[offset]) {
    labels.push(query.toString('latin1', offset + 1, offset + 1 + length));
    offset += 1 + length;
  }
  const end = offset + 5;
  if (end > query.length) return undefined;
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(offset + 1), end };
}

function records(entry, type, owner = TO_QUESTION) {
  if (!entry.CNAME) return ownRecords(owner, entry, type);
  const target = encodeName(entry.CNAME);
  return [record(owner, CNAME, target), ...records(zone[entry.CNAME], type, target)];
}

function ownRecords(owner, entry, type) {
  switch (type) {
    case A:
      return (entry.A ?? []).map((address) => record(owner, A, encodeIPv4(address)));
    case AAAA:
      return (entry.AAAA ?? []).map((address) => record(owner, AAAA, encodeIPv6(address)));
    case HTTPS:
      return entry.hints ? [record(owner, HTTPS, encodeHints(entry.hints))] : [];
    default:
      return [];
  }
}

// RFC 9460 §2.2: priority 1, the target `.` (the owner itself), and the parameter ipv4hint.
function encodeHints(hints) {
  const value = Buffer.concat(hints.map(encodeIPv4));
  return Buffer.concat([uint16(1), Buffer.from([0]), uint16(4), uint16(value.length), value]);
}

function record(owner, type, data) {
  return Buffer.concat([owner, uint16(type), uint16(CLASS_IN), uint16(0), uint16(TTL_SECONDS), uint16(data.length), data]);
}

function encodeReply(query, question, { rcode, records, limit }) {
  const body = Buffer.concat([query.subarray(HEADER, question.end), ...records]);
  const truncated = HEADER + body.length > limit;
  const recursionDesired = query.readUInt16BE(2) & 0x0100;
  const flags = 0x8480 | recursionDesired | (truncated ? 0x0200 : 0) | rcode;
  const counts = [1, truncated ? 0 : records.length, 0, 0];
  const header = Buffer.concat([query.subarray(0, 2), uint16(flags), ...counts.map(uint16)]);
  return Buffer.concat([header, truncated ? query.subarray(HEADER, question.end) : body]);
}

function encodeName(name) {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function encodeIPv4(address) {
  return Buffer.from(address.split('.').map(Number));
}

function encodeIPv6(address) {
  const [head, tail] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array(8 - head.length - (tail?.length ?? 0)).fill('0');
  return Buffer.concat([...head, ...zeros, ...(tail ?? [])].map((group) => uint16(Number.parseInt(group, 16))));
}

// A client that goes away before its answer comes is no event here.
function ignore() {}

function uint16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

const HEADER = 12;
const UDP_LIMIT = 512;
const TCP_LIMIT = 65_535;
const TTL_SECONDS = 5;
const CLASS_IN = 1;
const A = 1;
const CNAME = 5;
const AAAA = 28;
const HTTPS = 65;
const NXDOMAIN = 3;
// RFC 1035 §4.1.4: a pointer to the name in the question.
const TO_QUESTION = Buffer.from([0xc0, HEADER]);
