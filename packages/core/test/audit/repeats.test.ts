import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AllowList, analyzeTrace, type EventSink, type Report } from '../../src/index.js';

// A connect that is as one before is counted with it, and no event is made of it, unless somebody wants all events.

/** Wants all events, and does nothing with them. */
const everyEvent: EventSink = { begin: () => undefined, push: () => undefined, end: () => null };

const reportOf = async (trace: string, policy: string, events?: EventSink): Promise<Report> => {
  const report = await analyzeTrace(Readable.from([Buffer.from(trace)]), {
    allowlist: AllowList.fromYaml(policy, 'netaudit.yaml'),
    events,
  });
  return { ...report, runId: '', provenance: null as never };
};

const inet = (host: string, port: number): string => `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${host}")}, 16`;
const places = [
  inet('127.0.0.1', 5432),
  inet('127.0.0.1', 3000),
  inet('127.0.0.1', 3001),
  inet('203.0.113.7', 443),
  inet('203.0.113.8', 443),
  inet('169.254.169.254', 80),
  inet('192.0.2.53', 53),
  inet('192.0.2.53', 0),
  '{sa_family=AF_UNIX, sun_path="/var/run/docker.sock"}, 110',
  '{sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_flowinfo=0}, 28',
];
const answer = String.raw`"\7\7\201\200\0\1\0\1\0\0\0\0\3api\4test\0\0\1\0\1\300\14\0\1\0\1\0\0\0\5\0\4\313\0q\7"`;
const question = String.raw`"\7\7\1\0\0\1\0\0\0\0\0\0\3api\4test\0\0\1\0\1"`;

const tid = fc.constantFrom(101, 102, 103);
const connect = fc
  .record({
    tid,
    place: fc.constantFrom(...places),
    fd: fc.constantFrom('3', '3', '3', '4<TCP:[9]>', '5<UDP:[8]>'),
    result: fc.constantFrom(
      '0',
      '0',
      '-1 EINPROGRESS (Operation now in progress)',
      '-1 ECONNREFUSED (Connection refused)',
      '0 <0.500000>',
      '?',
    ),
  })
  .map((c) => `${c.tid} TIME connect(${c.fd}, ${c.place}) = ${c.result}\n`);
const other = fc.oneof(
  fc
    .record({ tid, program: fc.constantFrom('one', 'two') })
    .map((c) => `${c.tid} TIME execve("/bin/${c.program}", ["${c.program}"], 0x7 /* 3 vars */) = 0\n`),
  tid.map((id) => `${id} TIME +++ exited with 0 +++\n`),
  fc.record({ tid, child: tid }).map((c) => `${c.tid} TIME clone(child_stack=NULL, flags=SIGCHLD) = ${c.child}\n`),
  tid.map((id) => `${id} TIME bind(7, ${inet('127.0.0.1', 3000)}) = 0\n${id} TIME listen(7, 9) = 0\n`),
  tid.map(
    (id) =>
      `${id} TIME sendto(6<UDP:[192.0.2.2:4000->192.0.2.53:53]>, ${question}, 26, 0, NULL, 0) = 26\n${id} TIME recvfrom(6<UDP:[192.0.2.2:4000->192.0.2.53:53]>, ${answer}, 99, 0, NULL, NULL) = 42\n`,
  ),
  tid.map((id) => `${id} TIME getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0\n`),
  tid.map((id) => `${id} TIME connect(3, {sa_family=AF_INET, sin_po\n`),
);
const part = fc.array(fc.oneof({ weight: 60, arbitrary: connect }, { weight: 1, arbitrary: other }), { minLength: 500, maxLength: 600 });

/** Times that go on, and now and then back. */
const timed = (lines: readonly string[], steps: readonly number[]): string => {
  let now = 1_800_000_000_000_000;
  const next = (index: number): string => {
    now += steps[index % steps.length] ?? 1;
    return `${Math.floor(now / 1e6)}.${String(now % 1e6).padStart(6, '0')}`;
  };
  return lines.map((line, index) => line.replaceAll('TIME', () => next(index))).join('');
};

const policies = fc.constantFrom(
  'version: 1\n',
  'version: 1\nloopback: own-servers\nallowlist:\n  - {family: AF_INET, cidr: 203.0.113.0/24, process: one}\n',
  'version: 1\nallowlist:\n  - {host: api.test}\n  - {family: AF_INET6, cidr: "::/0", expires: 2027-01-15}\ndeny:\n  - {family: AF_INET, cidr: 203.0.113.8/32}\n',
);

test('a report is the same whether or not somebody wants every event', { timeout: 120_000 }, async () => {
  // So many events are kept as examples before any is only counted.
  const kept = Array.from({ length: 20_000 }, (_, n) => `101 TIME connect(3, ${inet('198.51.100.9', 1 + (n % 9))}) = 0\n`);
  const steps = fc.array(fc.constantFrom(1, 5, 40, 700_000, -30), { minLength: 5, maxLength: 40 });
  const property = fc.asyncProperty(part, steps, policies, fc.boolean(), async (lines, by, policy, isLong) => {
    const trace = timed([...(isLong ? kept : []), ...lines, ...lines], by);
    expect(await reportOf(trace, policy)).toEqual(await reportOf(trace, policy, everyEvent));
  });
  await fc.assert(property, { numRuns: 8 });
});
