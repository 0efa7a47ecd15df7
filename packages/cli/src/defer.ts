import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Runs the command as it is, for the audit around this process; returns its exit code, 128 + n for signal n. */
export const runForOuterAudit = (argv: readonly string[]): Promise<number> => {
  process.stderr.write(
    'netaudit: this runs under another netaudit, which audits it: the command is left to that one, and no report is made here\n',
  );
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
