import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { bin, connecting, folderWith, NOTHING_ALLOWED, netaudit } from './netaudit.js';

const violating = () => ({ args: ['run', '--', ...connecting()], cwd: folderWith({ 'netaudit.yaml': NOTHING_ALLOWED }) });

/** Runs the program on a terminal of its own, so wide (script(1), stty(1)). */
const onTerminal = (args: readonly string[], { cwd, env = {}, columns }: { cwd: string; env?: NodeJS.ProcessEnv; columns: number }) => {
  const words = args.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const shell = `stty cols ${columns}; '${process.execPath}' '${bin}' ${words}`;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/COLOR|^CI$|^GITHUB_ACTIONS$/.test(name)));
  const child = spawn('script', ['-qec', shell, '/dev/null'], { cwd, env: { ...inherited, TERM: 'xterm-256color', ...env } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end();
  return new Promise<{ code: number | null; output: string }>((resolve) => child.once('close', (code) => resolve({ code, output })));
};

const red = '\u001b[31m';
const COLOURS = { NO_COLOR: undefined, FORCE_COLOR: undefined, NODE_DISABLE_COLORS: undefined };

test('on a terminal a report is coloured and as wide as it is; its last line is bare and whole', async () => {
  const { args, cwd } = violating();
  const { code, output } = await onTerminal(args, { cwd, columns: 50 });
  const [body = ''] = output.split('  To allow, add');
  expect(code).toBe(1);
  expect(body).toContain(red);
  for (const line of body.split('\r\n')) expect(line.replaceAll(/\u001b\[\d+m/g, '').length).toBeLessThanOrEqual(50);
  expect(output).toMatch(/\r\nnetaudit: verdict=violations violations=1 findings=\d gaps=0 exit=1 run=[0-9a-f-]{36}\r\n$/);
});

test.each([
  ['NO_COLOR', { NO_COLOR: '1' }],
  ['NODE_DISABLE_COLORS', { NODE_DISABLE_COLORS: '1' }],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }],
  ['TERM=dumb', { TERM: 'dumb' }],
])('on a terminal %s leaves colours out', async (_, env) => {
  const { args, cwd } = violating();
  expect((await onTerminal(args, { cwd, env, columns: 80 })).output).not.toContain('\u001b');
});

test('a pipe gets neither colours nor wrapped lines, unless FORCE_COLOR asks for colours', async () => {
  const { args, cwd } = violating();
  const piped = await netaudit(args, { cwd, env: COLOURS });
  expect(piped.stderr).not.toContain('\u001b');
  expect(piped.stderr).toMatch(/^ {4}outside any test \(run\) {2}\(.{80,}\)$/m);
  expect((await netaudit(args, { cwd, env: { ...COLOURS, FORCE_COLOR: '1' } })).stderr).toContain(red);
});

test('a report in a file has no colours, whatever the terminal is', async () => {
  const { args, cwd } = violating();
  const [run = '', ...rest] = args;
  const { output } = await onTerminal([run, '--reporter', 'text=/dev/stdout', ...rest], { cwd, env: { FORCE_COLOR: '1' }, columns: 40 });
  expect(output).toMatch(/^={60}\r?$/m);
});

test.each([
  ['on a terminal a long reading shows how far it is, and takes that away', {}, true],
  ['in CI nothing is shown of it', { CI: 'true' }, false],
])('%s', async (_, env, isShown) => {
  const cwd = folderWith({
    'run.trace': '7 1.000000 connect(3, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n',
  });
  const shell = `(cat run.trace; sleep 3.5) | '${process.execPath}' '${bin}' analyze -`;
  const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^CI$|^GITHUB_ACTIONS$/.test(name)));
  const child = spawn('script', ['-qec', shell, '/dev/null'], { cwd, env: { ...bare, TERM: 'xterm', ...env } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end();
  await new Promise((resolve) => child.once('close', resolve));
  expect(output.includes('\rnetaudit: 0.0 MB read, 1 connection, 0 violations, 2 s\u001b[K')).toBe(isShown);
  expect(output.includes('\r\u001b[K\u001b[32mnetaudit: no violations') || !isShown).toBe(true);
  expect(output).toContain('netaudit: no violations');
});
