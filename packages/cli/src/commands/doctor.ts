import type { Command } from 'commander';
import { write } from '../write.js';
import type { End } from './shared.js';

/** `netaudit doctor`: whether an audit can work here. */
export const addDoctor = (program: Command, end: End): void => {
  program
    .command('doctor')
    .description('look at strace, permissions, Node, frameworks and the policy, and say how to mend what is wrong')
    .option('--json', 'print a JSON object', false)
    .addHelpText('after', '\nExit codes: 0 ready, 2 this machine can not audit, 3 the project has to be mended.')
    .action(async ({ json }: { readonly json: boolean }) => {
      const { diagnose, diagnosisText, printableJson } = await import('@netaudit/core');
      const diagnosis = diagnose(process.cwd());
      await write(process.stdout, `${json ? printableJson(JSON.stringify(diagnosis, null, 2)) : diagnosisText(diagnosis)}\n`);
      end(diagnosis.exitCode);
    });
};
