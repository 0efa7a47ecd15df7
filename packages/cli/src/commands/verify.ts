import type { Command } from 'commander';
import { write } from '../write.js';
import type { End } from './shared.js';

type VerifyOptions = { readonly trace?: string; readonly policy?: string; readonly json: boolean };

/** `netaudit verify`: whether a report is what netaudit wrote, and says what its trace says. */
export const addVerify = (program: Command, end: End): void => {
  program
    .command('verify')
    .description('check a report against its .sha256, itself, and the trace and policy that are given')
    .usage('[options] REPORT')
    .argument('<report>', 'the report; of one that is not in JSON only the bytes are checked')
    .option('--trace <file>', 'the kept trace (--keep-trace): its hash is compared, and it is judged again')
    .option('--policy <file>', 'the policy that counted, or the folder of the run: its hash is compared')
    .option('--json', 'as JSON', false)
    .addHelpText('after', HELP)
    .action(async (report: string, { trace, policy, json }: VerifyOptions) => {
      const { verificationText, verifyReport } = await import('@netaudit/core');
      const verification = await verifyReport(report, { trace, policy, stdin: process.stdin });
      await write(process.stdout, `${json ? JSON.stringify(verification, null, 2) : verificationText(verification)}\n`);
      end(verification.holds ? 0 : 1);
    });
};

const HELP = `
What it can not prove: who made the report. Who can change a report can change its .sha256 too.
Exit codes: 0 all that was checked holds, 1 something does not, 3 wrong usage or files that can not be read.`;
