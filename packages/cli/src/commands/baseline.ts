import type { Command } from 'commander';
import { write } from '../write.js';
import { DEFAULT_REPORT, type End } from './shared.js';

type BaselineOptions = { readonly baseline: string; readonly accept: boolean; readonly prune: boolean; readonly all: boolean };

/** `netaudit baseline`: what is known and does not fail. */
export const addBaseline = (program: Command, end: End): void => {
  program
    .command('baseline')
    .description('write the violations of reports to a baseline, or compare them with it')
    .usage('[options] [REPORT...]')
    .argument('[reports...]', `JSON reports of one or several runs, or of the shards of one (default: ${DEFAULT_REPORT})`)
    .option('--baseline <file>', 'the baseline', 'netaudit-baseline.yaml')
    .option('--accept', 'add what is new; without it a baseline that is there never grows', false)
    .option('--prune', 'take out what was run and is gone', false)
    .option('--all', 'with --prune: take out what was not run, too', false)
    .addHelpText('after', HELP)
    .action(async (files: string[], options: BaselineOptions, command: Command) => {
      if (options.all && !options.prune) command.error("--all is for --prune: write 'netaudit baseline --prune --all'");
      end(await baseline(files.length === 0 ? [DEFAULT_REPORT] : files, options));
    });
};

/** Where there is no baseline, it is written: to begin is not to grow. */
const baseline = async (files: readonly string[], { baseline: file, accept, prune, all }: BaselineOptions): Promise<number> => {
  const { existsSync } = await import('node:fs');
  const core = await import('@netaudit/core');
  const reports = files.map((name) => core.readReport(name));
  const isNew = !existsSync(file) && !prune;
  const entries = isNew ? [] : core.Baseline.fromFile(file).entries;
  if (prune) core.refuseIncomplete(reports);
  const comparison = core.compareBaseline(
    entries,
    reports.map(({ report }) => report),
  );
  const done = { accepted: accept || isNew, pruned: prune ? (all ? 'all' : 'gone') : 'no' } as const;
  const after = core.entriesAfter(comparison, done);
  const grown = comparison.fresh.length > 0 && done.accepted;
  if (isNew || grown || after.length < entries.length) core.writeBaselineFile(file, core.renderBaseline(after));
  const text = isNew ? core.newBaselineText(after, file) : core.comparisonText(comparison, done, file);
  await write(process.stdout, `${text}\n`);
  return comparison.fresh.length > 0 && !done.accepted ? 1 : 0;
};

const HELP = `
Where there is no baseline yet, it is written. Exit codes:
  0  nothing is new, or it was accepted
  1  something is new
  3  wrong usage, or files that can not be read; --prune also where a report is incomplete, as what is gone can not be told then`;
