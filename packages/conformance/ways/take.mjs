import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ways } from './ways.mjs';

/**
 * Takes every way, most in one run of the suite and some alone, each under the auditor. Gives a row for each: whether it arrived, why it could not be
 * tried (`unavailable`), and what the auditor said of it (`reported`, null where it is not asked).
 */
export async function takeAll(auditor) {
  const folder = mkdtempSync(join(tmpdir(), 'ways-'));
  const outside = [];
  try {
    const stage = await setUp(folder, outside);
    const groups = [
      stage.plan.filter(({ alone, recorded }) => !alone && !recorded),
      ...stage.plan.filter(({ alone, recorded }) => alone || recorded).map((way) => [way]),
    ];
    const rows = [];
    for (const [number, group] of groups.entries()) rows.push(...(await takeGroup(group, `${number}`, { auditor, ...stage })));
    const order = new Map(ways.map(({ title }, index) => [title, index]));
    return rows.sort((one, other) => order.get(one.title) - order.get(other.title));
  } finally {
    for (const process of outside) process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles the native programs, and starts what stands outside. */
async function setUp(folder, outside) {
  const file = (name) => join(folder, name);
  const start = async (command, args) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    outside.push(child);
    const said = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => null)]);
    return said === null ? null : String(said[0]).trim();
  };
  const compiled = ['ways', 'helper'].every((name) => compile(name, file(name)));
  writeFileSync(file('plan.json'), JSON.stringify({ ways, socket: file('docker.sock') }));
  writeFileSync(file('arrived'), '');
  if ((await start(process.execPath, [here('listener.mjs'), file('plan.json'), file('arrived')])) !== 'ready')
    throw new Error('the listener did not start');
  const plan = [];
  for (const way of ways) plan.push({ ...way, ...(await equip(way, { compiled, file, start })) });
  return { folder, plan, file };
}

/** What a way needs that is not in it; or why it can not be taken. */
async function equip({ id, address, port, run, needs, helper, recorded }, { compiled, file, start }) {
  if (needs && !canRun(needs)) return { unavailable: `no ${needs}` };
  if (recorded && !canRun('strace')) return { unavailable: 'no strace' };
  if (run === 'native' && !compiled) return { unavailable: 'no C compiler' };
  if (id === 'door') return { outside: file('docker.sock') };
  if (helper === 'pass') {
    await start(file('helper'), ['pass', file('pass.sock'), address, `${port}`]);
    return { outside: file('pass.sock') };
  }
  if (helper === 'hold') return { outside: (await start(file('helper'), ['hold', address, `${port}`])) ?? '' };
  if (helper === 'vsock')
    return (await start(file('helper'), ['vsock', `${port}`, file('vsock')])) === null ? { unavailable: 'no vsock' } : {};
  return {};
}

async function takeGroup(group, name, { auditor, folder, file }) {
  const possible = group.filter(({ unavailable }) => !unavailable);
  const results = file(`results-${name}`);
  const report = file(`report-${name}`);
  const [first] = possible;
  writeFileSync(results, '');
  writeFileSync(file(`plan-${name}`), JSON.stringify({ ways: possible, program: file('ways'), results }));
  if (first?.recorded) await record(first, { auditor, report, file });
  else if (first) await underAuditor(first, { auditor, report, name, file, folder });
  const outcomes = linesOf(results);
  const arrived = new Set([...linesOf(file('arrived')), ...vsockArrivals(file('vsock'))].map(({ title }) => title));
  return group.map((way) => {
    const outcome = outcomes.find(({ title }) => title === way.title);
    const failed = outcome?.status === 77 ? outcome.said : undefined;
    const refused = isRefused(way, auditor) ? failed : undefined;
    const unavailable = way.unavailable ?? (refused ? undefined : failed);
    const { title, by } = way;
    return {
      title,
      by,
      ...(unavailable && { unavailable }),
      ...(refused && { refused }),
      solitary: way.alone === true || way.recorded === true,
      arrived: arrived.has(title) || outcome?.answered === true,
      reported: auditor.judge(way, report),
    };
  });
}

/** An auditor that refuses the way is no machine that can not do it. */
const isRefused = ({ id }, { refuses = [] }) => refuses.includes(id);

async function underAuditor(way, { auditor, report, name, file }) {
  const suite = [process.execPath, ...(auditor.require ?? []).flatMap((module) => ['--require', module]), '--test', here('suite.mjs')];
  const command = way.helper === 'stdin' ? [file('ways'), way.id, way.address, `${way.port}`] : suite;
  const socket = way.helper === 'stdin' ? net.connect(way.port, way.address) : null;
  if (socket) await once(socket, 'connect');
  const [program, ...args] = [...auditor.words(report), ...command];
  const env = { ...process.env, WAYS_PLAN: file(`plan-${name}`) };
  const child = spawn(program, args, {
    cwd: here('..'),
    env,
    stdio: [socket ?? 'ignore', 'ignore', process.env.WAYS_SHOW ? 'inherit' : 'ignore'],
  });
  await once(child, 'exit');
  socket?.destroy();
}

/** The way by itself under strace, as somebody else would record it, and then judged. */
async function record({ id, address, port }, { auditor, report, file }) {
  const calls = 'connect,sendto,sendmsg,sendmmsg,clone,execve,io_uring_setup';
  spawnSync('strace', ['-f', '-ttt', '-e', `trace=${calls}`, '-o', file('recorded'), '--', file('ways'), id, address, `${port}`], {
    stdio: 'ignore',
  });
  if (auditor.analyze)
    spawnSync(auditor.analyze(file('recorded'), report)[0], auditor.analyze(file('recorded'), report).slice(1), {
      cwd: here('..'),
      stdio: 'ignore',
    });
}

const compile = (name, target) =>
  spawnSync('gcc', ['-O1', '-pthread', '-o', target, here(`native/${name}.c`)], { stdio: 'ignore' }).status === 0;

const canRun = (program) => spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;

const linesOf = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const vsockArrivals = (path) => (existsSync(path) && readFileSync(path, 'utf8').includes('way-vsock') ? [{ title: 'vsock' }] : []);

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
