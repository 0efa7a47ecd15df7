import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a command to its end. With `capture`, its output is kept and returned instead of shown.
 * The exit code of a command that a signal ended is 128 + its number; of one that could not be started, 127.
 */
export function run(command, args, { cwd, env, capture = false, input = 'ignore' }) {
  return new Promise((resolve) => {
    const output = capture ? 'pipe' : 'inherit';
    const child = spawn(command, args, { cwd, env, stdio: [input, output, output] });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const stopForwarding = forwardSignals(child);
    const finish = (code, note) => {
      stopForwarding();
      resolve({ code, output: Buffer.concat(chunks).toString() + note });
    };
    child.once('error', (error) => finish(127, `${error.message}\n`));
    child.once('close', (code, signal) => finish(code ?? 128 + constants.signals[signal], ''));
  });
}

/** SIGTERM is passed on, Ctrl-C reaches the command without us. When it has ended, so do we: the next command must not start. */
function forwardSignals(child) {
  let received = null;
  const onInterrupt = () => {
    received = 'SIGINT';
  };
  const onTerminate = () => {
    received = 'SIGTERM';
    child.kill('SIGTERM');
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return () => {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
    if (received !== null) process.exit(128 + constants.signals[received]);
  };
}
