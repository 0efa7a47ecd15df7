import type { Command } from 'commander';
import { write } from '../write.js';
import { DEFAULT_REPORT, type End, POLICY } from './shared.js';

type SuggestOptions = { readonly write: boolean; readonly allowlist: string };

/** `netaudit suggest`: a policy to review, from what was seen. */
export const addSuggest = (program: Command, end: End): void => {
  program
    .command('suggest')
    .description('print a netaudit.yaml that allows what the violations of reports did, with the evidence, to be reviewed')
    .usage('[options] [REPORT...]')
    .argument('[reports...]', `JSON reports of one or several runs, or of their shards (default: ${DEFAULT_REPORT})`)
    .option('--write', 'add the entries to the allowlist instead, which keeps all that is there', false)
    .option('--allowlist <file>', 'the allowlist of --write', POLICY)
    .action(async (files: string[], options: SuggestOptions) => {
      await suggest(files.length === 0 ? [DEFAULT_REPORT] : files, options);
      end(0);
    });
};

const suggest = async (files: readonly string[], { write: add, allowlist }: SuggestOptions): Promise<void> => {
  const { loadDomains, policyText, readReport, suggestPolicy } = await import('@netaudit/core');
  const reports = files.map((file) => readReport(file).report);
  const policy = suggestPolicy(reports, await loadDomains());
  if (!add) return write(process.stdout, policyText(policy));
  const { addToPolicy } = await import('../policy.js');
  const added = addToPolicy(allowlist, policy.entries);
  const already = policy.entries.length - added;
  const lines = [
    `netaudit: added ${added} ${added === 1 ? 'entry' : 'entries'} to ${allowlist}${already > 0 ? `; ${already} are there already` : ''}`,
    ...policy.impossible.map((what) => `  no rule can allow: ${what}`),
  ];
  await write(process.stdout, `${lines.join('\n')}\n`);
};
