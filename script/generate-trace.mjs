#!/usr/bin/env node
// node script/generate-trace.mjs BYTES [SEED] [KIND]: writes a trace of about that many bytes to standard output, always the same for a seed.
// BYTES may end in K, M or G. It is what strace prints of a long test run: workers that run tests and mark them, children that live and end,
// whose numbers are used again, calls of no interest, calls that are interrupted and resumed, look-ups, and connections, allowed and not, to few and to many places.
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The parts of a trace: `start` first, then `next` again and again, at last `end`. `kind`: a `run` of tests, or a log of plain strace, `dense` with connects and
 * nothing else, or `sparse` with one among 200 other calls.
 */
export function createTrace(seed, kind = 'run') {
  const random = generator(seed);
  const whole = (below) => Math.floor(random() * below);
  const run = { random, whole, now: 1_800_000_000_000_000, nextPid: 3000, nextTest: 0, markers: 0, nonce: '' };
  run.nonce = Array.from({ length: 32 }, () => whole(16).toString(16)).join('');
  if (kind !== 'run') return createLog(run, logs[kind]);
  const damaged = (tid) => line(run, tid, 'connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_ad');
  return {
    start: () => start(run),
    next: () => (random() < 0.001 ? damaged : (tid) => tests(run, tid))(workers[whole(workers.length)]),
    end: () => [...workers, 2000].map((tid) => line(run, tid, '+++ exited with 0 +++')).join(''),
  };
}

/** As `runName` of `packages/core/src/model/marker.ts`. */
const runName = (nonce) => createHash('sha256').update(nonce).digest('hex').slice(0, 32);

function createLog(run, share) {
  const one = () => (run.random() < share ? connect : calls[run.whole(calls.length)])(run, workers[run.whole(workers.length)]);
  return { start: () => '', next: () => Array.from({ length: 64 }, one).join(''), end: () => '' };
}

function start(run) {
  const argv = `["/bin/sh", "-c", "exec \\"$@\\"", "/.netaudit/${runName(run.nonce)}/start", "suite"]`;
  const begin = line(run, 2000, `execve("/bin/sh", ${argv}, 0x7ffc /* 30 vars */) = 0`);
  const hello = (tid, n) =>
    line(run, 2000, `clone(child_stack=NULL, flags=SIGCHLD) = ${tid}`) + marker(run, tid, [{ kind: 'hello', worker: `worker${n}` }]);
  return begin + workers.map(hello).join('');
}

/** Some tests of one worker: stamps of those that touched nothing come with those of one that did. */
function tests(run, tid) {
  const messages = [];
  let active = null;
  for (let n = 0; n < 4; n += 1) {
    run.nextTest += 1;
    const title = `test ${run.nextTest}`;
    active = { id: `t${run.nextTest}`, kind: 'test', file: `test/file-${run.nextTest % 500}.test.ts`, names: ['suite', title] };
    messages.push({ kind: 'scope', scope: active }, { kind: 'stamp', scope: active.id, open: true, at: run.now });
    if (n < 3) messages.push({ kind: 'stamp', scope: active.id, open: false, at: run.now });
  }
  const begin = marker(run, tid, messages);
  const body = Array.from({ length: 8 }, () => deeds[run.whole(deeds.length)](run, tid)).join('');
  // A thread reads its clock after its last call.
  run.now += 1;
  return begin + body + marker(run, tid, [{ kind: 'stamp', scope: active.id, open: false, at: run.now }]);
}

function connect(run, tid) {
  const [host, port] = address(run);
  const to = `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${host}")}, 16`;
  const call = `connect(${3 + run.whole(40)}<TCP:[${run.whole(1e6)}]>, ${to}`;
  if (run.random() < 0.9) return line(run, tid, `${call}) = -1 EINPROGRESS (Operation now in progress)`);
  return line(run, tid, `${call} <unfinished ...>`) + line(run, tid, '<... connect resumed>) = 0');
}

function address({ random, whole }) {
  const kind = random();
  if (kind < 0.6) return ['127.0.0.1', 5432];
  if (kind < 0.98) return [`203.0.113.${whole(250)}`, [80, 443, 8080][whole(3)]];
  return [`${1 + whole(220)}.${whole(256)}.${whole(256)}.${whole(256)}`, 1 + whole(65_000)];
}

function lookUp(run, tid) {
  const query = `"\\${run.whole(8)}\\${run.whole(8)}\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\5host${run.whole(10)}\\7example\\4test\\0\\0\\1\\0\\1"`;
  const to = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, 16';
  return (
    line(run, tid, `connect(19<UDP:[77]>, ${to}) = 0`) +
    line(run, tid, `sendto(19<UDP:[192.0.2.2:40000->192.0.2.53:53]>, ${query}, 36, 0, NULL, 0) = 36`)
  );
}

function child(run, tid) {
  run.nextPid = run.nextPid >= 32_000 ? 3000 : run.nextPid + 1;
  const pid = run.nextPid;
  const call = 'clone(child_stack=0x7f00, flags=CLONE_VM|CLONE_VFORK|SIGCHLD';
  const whole = run.random() < 0.5;
  const begin = whole
    ? line(run, tid, `${call}) = ${pid}`)
    : line(run, tid, `${call} <unfinished ...>`) + line(run, tid, `<... clone resumed>) = ${pid}`);
  const exec = line(run, pid, `execve("/usr/bin/tool", ["tool", "--number", "${run.whole(1e9)}"], 0x7ffc /* 30 vars */) = 0`);
  return begin + exec + connect(run, pid) + connect(run, pid) + line(run, pid, '+++ exited with 0 +++');
}

/** Calls that are no evidence, as in a log that was recorded with all of them. */
function otherCalls(run, tid) {
  const text = 'lorem ipsum dolor sit amet '.repeat(1 + run.whole(12));
  return (
    line(run, tid, `openat(AT_FDCWD, "/srv/app/node_modules/package-${run.whole(1000)}/index.js", O_RDONLY|O_CLOEXEC) = 21`) +
    line(run, tid, `read(21, "${text}"..., 8192) = 8192`) +
    line(run, tid, `write(1, "connect(3, {sa_family=AF_INET, ${text}"..., 4096) = 4096`) +
    line(run, tid, 'futex(0x7f8e2c000b60, FUTEX_WAKE_PRIVATE, 1) = 1')
  );
}

/** What a run makes most of, with nothing in it that has to do with a network. */
const calls = [
  (run, tid) => line(run, tid, `openat(AT_FDCWD, "/srv/app/node_modules/package-${run.whole(1000)}/index.js", O_RDONLY|O_CLOEXEC) = 21`),
  (run, tid) => line(run, tid, `read(21</srv/app/index.js>, "${prose}"..., 8192) = 8192`),
  (run, tid) => line(run, tid, `statx(AT_FDCWD, "/srv/app/${run.whole(1000)}.json", 0, 0, 0x7f) = -1 ENOENT (No such file or directory)`),
  (run, tid) => line(run, tid, `futex(0x7f8e2c000b60, FUTEX_WAKE_PRIVATE, ${run.whole(9)}) = 1`),
  (run, tid) => line(run, tid, `epoll_wait(13<anon_inode:[eventpoll]>, [{events=EPOLLIN, data=0x11}], 1024, ${run.whole(9999)}) = 1`),
];

function marker(run, tid, messages) {
  run.markers += 1;
  const text = Buffer.from(JSON.stringify({ at: run.now, messages })).toString('base64url');
  const pieces = text.match(/.{1,3900}/g) ?? [''];
  const path = (piece, part) => `/.netaudit/${run.nonce}/${run.markers}.${part}.${pieces.length}/${piece}`;
  return pieces
    .map((piece, part) => line(run, tid, `lchown("${path(piece, part)}", -1, -1) = -1 ENOENT (No such file or directory)`))
    .join('');
}

function line(run, tid, body) {
  run.now += 1 + run.whole(40);
  const seconds = Math.floor(run.now / 1e6);
  return `${tid} ${seconds}.${String(run.now - seconds * 1e6).padStart(6, '0')} ${body}\n`;
}

/** mulberry32: numbers from 0 to 1. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function main([size = '', seed = '1', kind = 'run']) {
  const [, digits, unit] = /^(\d+)([KMG]?)$/.exec(size) ?? [];
  if (digits === undefined || (kind !== 'run' && !Object.hasOwn(logs, kind)))
    throw new Error(`Usage: node script/generate-trace.mjs BYTES[K|M|G] [SEED] [run|${Object.keys(logs).join('|')}]`);
  let left = Number(digits) * { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[unit];
  const trace = createTrace(Number(seed), kind);
  let parts = [trace.start()];
  let held = 0;
  while (left > 0) {
    const part = trace.next();
    parts.push(part);
    held += part.length;
    left -= part.length;
    if (held < 1 << 20) continue;
    writeAll(parts.join(''));
    parts = [];
    held = 0;
  }
  writeAll(parts.join('') + trace.end());
}

/** Standard output may be a pipe that is full for now, where Node made it non-blocking. */
function writeAll(text) {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code === 'EPIPE') process.exit(0);
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(nap, 0, 0, 1);
    }
  }
}

/** The share of connects. */
const logs = { dense: 1, sparse: 0.005 };
const prose = 'lorem ipsum dolor sit amet '.repeat(3);
const workers = [2001, 2002, 2003, 2004];
const deeds = [connect, connect, connect, lookUp, child, otherCalls, otherCalls];
const nap = new Int32Array(new SharedArrayBuffer(4));

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
