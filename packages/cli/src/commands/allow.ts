import type { Command } from 'commander';
import { write } from '../write.js';
import { DEFAULT_REPORT, type End, POLICY } from './shared.js';

type AllowOptions = { readonly reason: string; readonly expires?: string; readonly report: string; readonly allowlist: string };

/** `netaudit allow`: the rule for one violation, written into the policy. */
export const addAllow = (program: Command, end: End): void => {
  program
    .command('allow')
    .description('write the rule that allows a violation into netaudit.yaml, which keeps all that is there')
    .usage('[options] ID... --reason TEXT')
    .argument('<ids...>', 'ids of violations, as reports show them, such as v-0123abcd')
    .requiredOption('--reason <text>', 'why it is allowed')
    .option('--expires <day>', 'the last day on which it is, as 2027-03-01')
    .option('--report <file>', 'the JSON report that has the violation', DEFAULT_REPORT)
    .option('--allowlist <file>', 'the file to write to', POLICY)
    .action(async (ids: string[], options: AllowOptions) => {
      await allow(ids, options);
      end(0);
    });
};

const allow = async (ids: readonly string[], { reason, expires, report, allowlist }: AllowOptions): Promise<void> => {
  const { entriesFor, findViolation, printable, readReport } = await import('@netaudit/core');
  const { addToPolicy } = await import('../policy.js');
  const read = readReport(report);
  const entries = ids.flatMap((id) => entriesFor(findViolation(read, id), { reason, expires }));
  const added = addToPolicy(allowlist, entries);
  const text =
    added === 0 ? `${allowlist} has it already` : [`added to ${allowlist}:`, ...entries.flat().map((line) => `  ${line}`)].join('\n');
  await write(process.stdout, `netaudit: ${text.split('\n').map(printable).join('\n')}\n`);
};
