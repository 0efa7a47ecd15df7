import { type Command, InvalidArgumentError, Option } from 'commander';
import { type End, formats } from './shared.js';

type MergeOptions = { readonly expect?: number | null; readonly format: keyof typeof formats; readonly output?: string };

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
    .addOption(new Option('--format <format>', 'of the report').choices(Object.keys(formats)).default('text'))
    .option('--output <file>', 'write the report to a file')
    .action(async (files: string[], { expect = null, format, output }: MergeOptions) => {
      const { mergeReports, readReport } = await import('@netaudit/core');
      const { checkWritable, publish } = await import('../report.js');
      checkWritable(output);
      const report = mergeReports(files.map(readReport), expect);
      await publish(report, { format, ...(output !== undefined && { output }), verbose: false }, process.stdout);
      end(report.exitCode);
    });
};

const countOf = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It is a number from 1.');
  return Number(text);
};
