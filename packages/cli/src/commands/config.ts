import type { Command } from 'commander';
import { write } from '../write.js';
import type { End } from './shared.js';

type ConfigOptions = { readonly policy?: string; readonly json: boolean };

/** `netaudit config print`: the policy as it counts, with the origin of each part. */
export const addConfig = (program: Command, end: End): void => {
  program
    .command('config')
    .description('show the policy that counts')
    .command('print')
    .description('print the effective policy of this folder, as one netaudit.yaml; comments say where each part is from')
    .option('--policy <file>', 'that of a file, in place of those of this folder and above it')
    .option('--json', 'as JSON', false)
    .action(async ({ policy, json }: ConfigOptions) => {
      const { describePolicy, effectivePolicyText } = await import('@netaudit/core');
      const { loadAllowList } = await import('../allowlist.js');
      const allowlist = loadAllowList({ policy });
      await write(process.stdout, `${json ? JSON.stringify(describePolicy(allowlist), null, 2) : effectivePolicyText(allowlist)}\n`);
      end(0);
    });
};
