import type { z as Zod } from 'zod';
import { zod } from '../../libraries/load.js';
import type { Event } from '../../model/event.js';
import { eventLogVersion, type LogHead, type LogTail } from '../../model/event-log.js';

/** What each kind of record of an event log holds. Keys that are not known here are left out. */
export type LogSchema = {
  readonly head: Zod.ZodType<LogHead>;
  readonly event: Zod.ZodType<Event>;
  readonly tail: Zod.ZodType<LogTail>;
  readonly trace: Zod.ZodType<string | undefined>;
};

/** The schema, for which zod is loaded when it is first asked for. */
export const logSchema = (): LogSchema => {
  loaded ??= makeSchema(zod());
  return loaded;
};

type Z = ReturnType<typeof zod>;

const makeSchema = (z: Z): LogSchema => ({
  head: headSchema(z),
  event: z.discriminatedUnion('kind', [
    ...egressSchemas(z),
    dnsSchema(z),
    ...processSchemas(z),
    ...lineSchemas(z),
    ...socketSchemas(z),
  ]) satisfies Zod.ZodType<Event>,
  tail: tailSchema(z),
  trace: z.string().max(longestName).optional(),
});

const headSchema = (z: Z) =>
  z.object({
    kind: z.literal('head'),
    format: z.literal('netaudit-events'),
    version: z.literal(eventLogVersion),
    runId: z.string().regex(/^[\w-]{1,64}$/),
    run: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .nullable(),
    started: z.number(),
    source: z.string(),
    tool: z.string().nullable(),
    netaudit: z.string(),
    node: z.string(),
    kernel: z.string(),
    arch: z.string(),
  });

const tailSchema = (z: Z) => {
  const texts = z.array(z.string());
  const count = z.int().nonnegative();
  const ended = z.number();
  const pid = z.int();
  const process = z.object({ pid, argv: texts.nullable(), file: z.string().optional() });
  const traces = z.array(z.object({ name: z.string().max(longestName).nullable(), lines: count, ignored: count }));
  const gapKinds = z.enum(['unread', 'lost', 'no-marker', 'forged', 'uncovered', 'permission']);
  return z.object({
    kind: z.literal('tail'),
    ended,
    events: count,
    traces,
    command: z.object({ argv: texts, exitCode: z.int().min(0).max(255).nullable(), signal: z.string().nullable() }).nullable(),
    coverage: z.object({ mode: z.enum(['command', 'wrap', 'log']), uncovered: texts, fallbacks: texts }),
    leftRunning: z.array(process),
    gaps: z.array(z.object({ kind: gapKinds, reason: z.string(), line: count.optional(), count: count.optional() })),
    notices: texts,
  });
};

const base = (z: Z) => ({ source: z.string(), seq: z.int(), ts: z.number(), pid: z.int(), tid: z.int() });

const place = (z: Z) => ({
  family: z.string().nullable(),
  addr: z.string().nullable(),
  port: z.int().min(0).max(65_535).nullable(),
});

const aim = (z: Z) => ({ ...place(z), transport: z.enum(['tcp', 'udp']).nullable() });

const egressSchemas = (z: Z) => {
  const call = { ...base(z), ...aim(z), timestamp: z.number(), result: z.number().nullable(), rawLine: z.string() };
  return [
    z.object({ ...call, kind: z.literal('connect'), pending: z.literal(true).optional(), took: z.number().optional() }),
    z.object({ ...call, kind: z.literal('send'), call: z.enum(['sendto', 'sendmsg', 'sendmmsg', 'recvmsg', 'pidfd_getfd']) }),
  ] as const;
};

const dnsSchema = (z: Z) => {
  const name = z.string();
  const ttl = z.number().nullable();
  const record = z.discriminatedUnion('type', [
    z.object({ name, ttl, type: z.enum(['A', 'AAAA']), addr: z.string() }),
    z.object({ name, ttl, type: z.literal('CNAME'), target: z.string() }),
    z.object({ name, ttl, type: z.enum(['SVCB', 'HTTPS']), target: z.string(), hints: z.array(z.string()) }),
  ]);
  return z.object({
    ...base(z),
    kind: z.literal('dns'),
    question: z.object({ name, type: z.string() }),
    exchange: z.string(),
    server: z.object(aim(z)),
    answer: z.object({ status: z.string(), truncated: z.boolean(), cut: z.boolean(), records: z.array(record) }).optional(),
  });
};

const processSchemas = (z: Z) =>
  [
    z.object({ ...base(z), kind: z.literal('fork'), child: z.int(), thread: z.boolean() }),
    z.object({ ...base(z), kind: z.literal('exec'), file: z.string(), argv: z.array(z.string()).nullable() }),
    z.object({ ...base(z), kind: z.literal('exit'), code: z.int().nullable(), signal: z.string().nullable() }),
    z.object({ ...base(z), kind: z.literal('signal'), name: z.string() }),
  ] as const;

const lineSchemas = (z: Z) =>
  [
    z.object({ ...base(z), kind: z.literal('marker'), path: z.string() }),
    z.object({ ...base(z), kind: z.literal('unread'), line: z.int(), reason: z.string(), rawLine: z.string() }),
    z.object({ ...base(z), kind: z.literal('lost'), reason: z.string() }),
  ] as const;

const socketSchemas = (z: Z) => {
  const port = z.int().min(0).max(65_535).nullable();
  const settled = { connect: z.int(), took: z.number(), result: z.number(), rawLine: z.string() };
  return [
    z.object({ ...base(z), ...place(z), kind: z.literal('listen') }),
    z.object({ ...base(z), ...aim(z), kind: z.literal('settled'), ...settled }),
    z.object({
      ...base(z),
      kind: z.literal('blind'),
      spot: z.enum([
        'io_uring',
        'clone_untraced',
        'seccomp_notify',
        'seccomp_filter',
        'received_socket',
        'taken_socket',
        'accepted_socket',
        'inherited_socket',
        'raw_socket',
      ]),
      peer: z.string().nullable(),
      port: port.optional(),
      rawLine: z.string(),
    }),
  ] as const;
};

let loaded: LogSchema | undefined;
const longestName = 200;
