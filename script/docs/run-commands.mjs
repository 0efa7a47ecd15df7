import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runApart } from '../captures/run-apart.mjs';
import { root } from '../paths.mjs';
import { commandBlocks, commandsIn } from './commands.mjs';
import { linkFrameworks, linkPackages, makeProject, put, suite } from './projects.mjs';

/**
 * Runs every block of commands in the documentation that a comment marks to be run, each in a new project, two at a time. Returns { code, output }: a block
 * without a comment, a command that does not end as it should, or prints a stack of our own, is a mistake.
 */
export async function checkCommands(env) {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'));
  try {
    const blocks = commandBlocks();
    const marked = blocks.filter(({ mark }) => mark?.kind === 'run');
    const prepared = join(folder, 'prepared');
    const mistakes = [...blocks.filter(({ mark }) => mark === null).map(unmarked), ...(await prepare(prepared, env))];
    const queue = marked.map((block, index) => ({ block, folder: join(folder, String(index), 'project') }));
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift())
        mistakes.push(...(await runBlock(next.block, next.folder, { prepared, env })));
    };
    await Promise.all([work(), work()]);
    return { code: mistakes.length === 0 && marked.length > 0 ? 0 : 1, output: mistakes.map((mistake) => `${mistake}\n`).join('') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const unmarked = ({ file, line }) =>
  `${file}:${line}: nothing says whether these commands are run; write <!-- run: PROJECT --> or <!-- not run: REASON --> above them (script/docs/commands.mjs)`;

async function prepare(folder, env) {
  for (const [name, text] of Object.entries(suite.files())) put(folder, name, text);
  linkFrameworks(folder);
  linkPackages(folder, ['netaudit', '@netaudit/node-test', '@netaudit/core']);
  return runSteps('the suite of the commands', suite.commands, { folder, env });
}

async function runBlock({ file, line, text, mark }, folder, { prepared, env }) {
  const { after } = makeProject(mark.project, folder, { page: readFileSync(join(root, file), 'utf8'), prepared });
  const commands = commandsIn(text);
  if (mark.codes !== null && mark.codes.length !== commands.length)
    return [`${file}:${line}: ${commands.length} commands, and ${mark.codes.length} codes`];
  const steps = commands.map((command, index) => ({ command, code: mark.codes?.[index] ?? 0 }));
  return runSteps(`${file}:${line}`, [...steps, ...after], { folder, env });
}

/** The mistakes; what comes after the first is not run. `code` null: whatever it is. */
async function runSteps(place, steps, { folder, env }) {
  for (const { command, code, prints = '' } of steps) {
    const words = withId(command, folder);
    const ended = await runApart('bash', ['-c', words], { cwd: folder, env: environment(env, folder) });
    const output = ended.stdout + ended.stderr;
    if ((code === null || ended.code === code) && output.includes(prints) && !/^ {4}at .*packages\/cli\/dist/m.test(output)) continue;
    return [`${place}: ${words}\nended with ${ended.code}, and should with ${code}${prints && `, and print ${prints}`}\n${output}`];
  }
  return [];
}

/** The id that the documentation shows becomes that of the report. */
function withId(command, folder) {
  if (!command.includes('v-0123abcd')) return command;
  const [violation] = JSON.parse(readFileSync(join(folder, 'netaudit-report.json'), 'utf8')).violations;
  return command.replaceAll('v-0123abcd', violation.id);
}

/** As a user's terminal: nothing of the runner or CI that runs us. */
function environment(env, folder) {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(CI|GITHUB_.*|GITLAB_.*|VITEST.*|NODE_TEST_CONTEXT|NETAUDIT|FORCE_COLOR)$/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    NO_COLOR: '1',
    PATH: `${join(folder, '.commands')}:${env.PATH}`,
    npm_config_update_notifier: 'false',
  };
}
