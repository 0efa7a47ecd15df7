import type { Command } from 'commander';
import { write } from '../write.js';
import { DEFAULT_REPORT, type End } from './shared.js';

/** `netaudit explain`: what is known of a violation, a finding, or what a code means. */
export const addExplain = (program: Command, end: End): void => {
  program
    .command('explain')
    .description('tell all that a report has of a violation or finding, or what a code means')
    .usage('[options] ID|CODE')
    .argument('<what>', 'id of a violation (v-0123abcd) or finding (f-0123abcd), or the code of a finding or an error')
    .option('--report <file>', 'the JSON report that has the id', DEFAULT_REPORT)
    .action(async (what: string, { report }: { readonly report: string }) => {
      const { explain } = await import('../explain.js');
      await write(process.stdout, `${explain(what, report)}\n`);
      end(0);
    });
};
