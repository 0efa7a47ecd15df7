import { type Command, InvalidArgumentError } from 'commander';
import type { ReporterOptions } from '../report.js';
import { ciReportersOption, formatOption, outputOption, reporterOption, reportersHelp } from './reporters.js';
import type { End } from './shared.js';

type MergeOptions = ReporterOptions & { readonly expect?: number | null };

/** `netaudit merge`: one report and one verdict for the shards of a run. */
export const addMerge = (program: Command, end: End): void => {
  program
    .command('merge')
    .description('join the JSON reports of shards into one report and one verdict')
    .usage('[options] REPORT...')
    .argument('<reports...>', 'JSON reports')
    .option(
      '--expect <count>',
      'how many shards there have to be (default: as many as their command lines name, such as --shard=1/3)',
      countOf,
    )
    .addOption(reporterOption())
    .addOption(ciReportersOption())
    .addOption(formatOption())
    .addOption(outputOption())
    .addHelpText('after', reportersHelp)
    .action(async (files: string[], { expect = null, ...options }: MergeOptions) => {
      const { mergeReports, readReport, refuseEventLogs } = await import('@netaudit/core');
      const { chooseReporters, publish } = await import('../report.js');
      const choices = chooseReporters(options);
      refuseEventLogs(choices);
      const report = mergeReports(files.map(readReport), expect);
      await publish(report, { choices, output: options.output, verbose: false, log: process.stdout });
      end(report.exitCode);
    });
};

const countOf = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It is a number from 1.');
  return Number(text);
};
