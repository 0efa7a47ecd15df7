import { type Command, Option } from 'commander';
import { write } from '../write.js';
import type { End } from './shared.js';

/** `netaudit diff`: what changed from one report to another, by test. */
export const addDiff = (program: Command, end: End): void => {
  program
    .command('diff')
    .description('show what fails in one JSON report and not in another, by test')
    .usage('[options] BEFORE AFTER')
    .argument('<before>', 'JSON report')
    .argument('<after>', 'JSON report, such as that of netaudit analyze TRACE --allowlist NEW --format json')
    .addOption(new Option('--format <format>', 'of what is printed').choices(['text', 'json']).default('text'))
    .addHelpText('after', HELP)
    .action(async (before: string, after: string, { format }: { readonly format: 'text' | 'json' }) => {
      const { diffReports, diffText, isWorse, printableJson, readReport } = await import('@netaudit/core');
      const diff = diffReports(readReport(before).report, readReport(after).report);
      await write(process.stdout, `${format === 'json' ? printableJson(JSON.stringify(diff, null, 2)) : diffText(diff)}\n`);
      end(diff.verdict.after === 'incomplete' ? 2 : isWorse(diff) ? 1 : 0);
    });
};

const HELP = `
Exit codes: 0 nothing is new in AFTER, 1 something is, 2 AFTER is incomplete, 3 wrong usage or files that can not be read.`;
