// The one step of action.yml. Inputs come in NETAUDIT_ACTION_*, outputs and the summary go to the files that the runner names (GITHUB_OUTPUT,
// GITHUB_STEP_SUMMARY: GitHub's documentation of workflow commands). Exits as netaudit does; 3 for a wrong input.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { provideNetaudit, Refused } from './provide.mjs';

async function main(env) {
  const inputs = readInputs(env);
  const netaudit = provideNetaudit(inputs.version, inputs.folder, env);
  const report = reportFile(inputs, env);
  // That of an earlier step would be taken for this one's.
  rmSync(report, { force: true });
  const code = await runUnderAudit([netaudit, ...argumentsFor(inputs, report)], inputs.folder, env);
  tell(env, code, readReport(report), report);
  return code;
}

function readInputs(env) {
  const input = (name) => (env[`NETAUDIT_ACTION_${name}`] ?? '').trim();
  const inputs = {
    command: env.NETAUDIT_ACTION_COMMAND ?? '',
    config: input('CONFIG'),
    mode: input('MODE') || 'fail',
    version: input('VERSION'),
    folder: resolve(env.GITHUB_WORKSPACE ?? '.', input('FOLDER') || '.'),
    reporters: input('REPORTERS')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
  if (inputs.command.trim() === '') throw new Refused('the input command is empty');
  if (!['fail', 'warn', 'report'].includes(inputs.mode))
    throw new Refused(`the input mode is '${inputs.mode}'; fail, warn or report is allowed`);
  if (!existsSync(inputs.folder)) throw new Refused(`the working directory ${inputs.folder} is not there`);
  return inputs;
}

/** The JSON report, which the outputs are from. */
function reportFile({ reporters, folder }, env) {
  const asked = reporters.find((reporter) => reporter.startsWith('json='));
  return asked ? resolve(folder, asked.slice('json='.length)) : join(env.RUNNER_TEMP ?? tmpdir(), `netaudit-${randomUUID()}.json`);
}

function argumentsFor({ command, config, mode, reporters }, report) {
  const all = reporters.some((reporter) => reporter.startsWith('json=')) ? reporters : [...reporters, `json=${report}`];
  const options = ['--mode', mode, ...(config === '' ? [] : ['--policy', config]), ...all.flatMap((reporter) => ['--reporter', reporter])];
  return ['run', ...options, '--', 'bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', command];
}

/** Resolves with the exit code. The command does not see the inputs. */
function runUnderAudit(argv, cwd, env) {
  const childEnv = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('NETAUDIT_ACTION_')));
  const child = spawn(process.execPath, argv, { cwd, env: childEnv, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function tell(env, code, report, file) {
  const outputs = {
    verdict: report?.verdict ?? '',
    violations: report ? report.summary.total : '',
    findings: report ? report.findings.length : '',
    gaps: report ? report.gaps.length : '',
    'exit-code': code,
    'report-path': report ? file : '',
  };
  append(env.GITHUB_OUTPUT, Object.entries(outputs).map(outputText).join(''));
  // An audit has written its own.
  if (!report) append(env.GITHUB_STEP_SUMMARY, `## netaudit: no audit\n\nIt ended with exit code ${code}; the log says why.\n`);
}

/** With a delimiter that no value can hold, so that none can pass for another output. */
function outputText([name, value]) {
  const end = randomUUID();
  return `${name}<<${end}\n${value}\n${end}\n`;
}

const append = (file, text) => void (file && appendFileSync(file, text));

try {
  process.exitCode = await main(process.env);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.log(`::error title=netaudit::${error.message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`);
  tell(process.env, 3, null, '');
  process.exitCode = 3;
}
