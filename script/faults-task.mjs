import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binFolder, root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './steps.mjs';

/** `npm run faults [-- SIZE [KIND]]`: the tests of faults at full size, then a trace of SIZE (default 10G) through `netaudit analyze -`. KIND: that of the generator. */
export async function faultsTask(env, [size = '10G', kind = 'run']) {
  let failed = false;
  for (const [folder, ...files] of large) {
    const cwd = join(root, 'packages', folder);
    const tests = await run(join(binFolder, 'vitest'), ['run', ...files], { cwd, env: { ...env, NETAUDIT_FULL: '1' } });
    failed ||= tests.code !== 0;
  }
  say(`analyze ${size} of trace, ${kind}`);
  const { code, samples, seconds } = await analyze([size, '1', kind], env);
  const [, ...later] = samples.filter((_, index) => index >= samples.length / 10);
  console.log(`${size} in ${seconds} s; resident memory, once warm: ${Math.min(...later)} to ${Math.max(...later)} MB; exit ${code}`);
  // The trace holds violations, and a few lines that are cut.
  return failed || ![1, 2].includes(code) ? 1 : 0;
}

/** Packages with the tests that `NETAUDIT_FULL=1` makes large. */
const large = [
  ['cli', 'test/faults/large.test.ts'],
  ['conformance', 'test/many-tests.test.ts'],
];

/** Resident memory in MB is looked at each second (proc(5), VmRSS). */
async function analyze(words, env) {
  const folder = mkdtempSync(join(tmpdir(), 'netaudit-size-'));
  const begin = Date.now();
  const trace = spawn(process.execPath, [join(root, 'script/generate-trace.mjs'), ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const args = [join(root, 'packages/cli/dist/main.js'), 'analyze', '--format', 'json', '--output', 'report.json', '-'];
  const analysis = spawn(process.execPath, args, { cwd: folder, env, stdio: [trace.stdout, 'inherit', 'inherit'] });
  const samples = [];
  const sampling = setInterval(() => samples.push(residentMemory(analysis.pid)), 1000);
  const code = await new Promise((resolve) => analysis.once('close', resolve));
  clearInterval(sampling);
  rmSync(folder, { recursive: true });
  return { code, samples: samples.filter((sample) => sample > 0), seconds: Math.round((Date.now() - begin) / 1000) };
}

function residentMemory(pid) {
  try {
    return Math.round(Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
