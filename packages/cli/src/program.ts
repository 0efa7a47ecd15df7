import { createRequire } from 'node:module';
import { Command, Option } from 'commander';
import type { AnalyzeOptions } from './analyze.js';
import { addAllow } from './commands/allow.js';
import { addBaseline } from './commands/baseline.js';
import { addConfig } from './commands/config.js';
import { addDiff } from './commands/diff.js';
import { addDoctor } from './commands/doctor.js';
import { addExplain } from './commands/explain.js';
import { addInit } from './commands/init.js';
import { addLint } from './commands/lint.js';
import { addMerge } from './commands/merge.js';
import { ciReportersOption, formatOption, outputOption, reporterOption, reportersHelp } from './commands/reporters.js';
import { addSuggest } from './commands/suggest.js';
import { addVerify } from './commands/verify.js';
import { exitCodes, exitCodesText } from './exit-codes.js';
import type { RunOptions } from './run.js';

export { exitCodes };

/** The commands of `netaudit`; `end` is given the exit code of the one that ran. Commands load what they need when they run. */
export const createProgram = (end: (exitCode: number) => void): Command => {
  const program = new Command('netaudit')
    .description('Run a command and show what it talks to; fail when it talks to something that is not allowed.')
    .version(version, '-V, --version')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .enablePositionalOptions()
    .addHelpText('after', exitCodesText());
  addRun(program, end);
  addAnalyze(program, end);
  addBaseline(program, end);
  addConfig(program, end);
  addLint(program, end);
  addMerge(program, end);
  addDiff(program, end);
  addVerify(program, end);
  addSuggest(program, end);
  addAllow(program, end);
  addExplain(program, end);
  addDoctor(program, end);
  addInit(program, end);
  return program;
};

const addRun = (program: Command, end: (exitCode: number) => void): void => {
  const command = withReportOptions(program.command('run'))
    .description('run a command under audit')
    .usage('[options] -- COMMAND...')
    .argument('[command...]', 'the command and its arguments')
    .option('--keep-trace <file>', 'keep the trace, for netaudit analyze')
    .addOption(modeOption())
    .passThroughOptions();
  command.action(async (argv: string[], options: RunOptions) => {
    if (argv.length === 0) command.error("no command to run; write what to run after --, such as 'netaudit run -- npm test'");
    const { run } = await import('./run.js');
    end(await run(argv, options));
  });
};

const modeOption = (): Option =>
  new Option(
    '--mode <mode>',
    'a violation fails the run (fail), is only told (warn), or is only in reports that are files or documents (report)',
  )
    .choices(['fail', 'warn', 'report'])
    .default('fail');

const addAnalyze = (program: Command, end: (exitCode: number) => void): void => {
  withReportOptions(program.command('analyze'))
    .description('judge a trace that was kept')
    .usage('[options] TRACE')
    .argument('<trace>', 'the file that strace wrote, the folder or NAME of strace -ff -o NAME, or - for standard input; gzip is unpacked')
    .action(async (trace: string, options: AnalyzeOptions) => {
      const { analyze } = await import('./analyze.js');
      end(await analyze(trace, options));
    });
};

const withReportOptions = (command: Command): Command =>
  command
    .option('--policy <file>', 'what is allowed (default: netaudit.yaml in this folder, and above it in the workspace)')
    .option('--allowlist <file>', 'the same as --policy')
    .option('--baseline <file>', 'violations that are known, and do not fail (netaudit baseline writes it)')
    .addOption(reporterOption())
    .addOption(ciReportersOption())
    .addOption(formatOption())
    .addOption(outputOption())
    .option('--strict', 'a line of the trace that can not be read makes the audit incomplete (the default)', true)
    .option('--no-strict', 'such lines are counted and shown, and do not make the audit incomplete')
    .option('-v, --verbose', 'show every connection, also those that are allowed', false)
    .addHelpText('after', reportersHelp);

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
