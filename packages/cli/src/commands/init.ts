import type { Command } from 'commander';
import { write } from '../write.js';
import type { End } from './shared.js';

/** `netaudit init`: the policy, and the one line of each framework. */
export const addInit = (program: Command, end: End): void => {
  program
    .command('init')
    .description('find the test frameworks here and show how they and netaudit.yaml are set up; changes nothing without --yes')
    .option('-y, --yes', 'write the changes', false)
    .action(async ({ yes }: { readonly yes: boolean }) => {
      await init(yes);
      end(0);
    });
};

const init = async (yes: boolean): Promise<void> => {
  const { planInit, planText, SCHEMA_LINE, writeBaselineFile } = await import('@netaudit/core');
  const plan = planInit(process.cwd(), `${SCHEMA_LINE}\n${POLICY_TEXT}`);
  await write(process.stdout, `${planText(plan)}\n`);
  if (yes) for (const { file, after } of plan.changes) writeBaselineFile(file, after);
  const count = `${plan.changes.length} ${plan.changes.length === 1 ? 'file' : 'files'}`;
  const said =
    plan.changes.length === 0 ? 'nothing to change' : yes ? `wrote ${count}` : `${count} to change; 'netaudit init --yes' writes them`;
  await write(process.stdout, `netaudit: ${said}\n`);
};

const POLICY_TEXT = `version: 1
includes_builtins: true # loopback, all Unix sockets, netlink
allowlist: []
`;
