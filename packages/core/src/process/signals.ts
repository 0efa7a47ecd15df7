import type { ChildProcess } from 'node:child_process';

/**
 * Hands the signals that end a command on to `child` once it has `begun`, while it runs. A terminal and a group kill deliver them to the child as well,
 * so each is first given a moment to show up in the trace (`arrived`), and is passed on only when it did not. Other listeners of this process
 * are set aside meanwhile: they would end the supervisor before the command. Returns a function that puts everything back.
 */
export const forwardSignals = (
  child: ChildProcess,
  begun: Promise<void>,
  arrived: (signal: string, since: number) => boolean,
): (() => void) => {
  const pass = (signal: NodeJS.Signals): void => {
    const since = Date.now() * 1000 - graceMs * 1000;
    setTimeout(async () => {
      await begun;
      if (child.exitCode === null && child.signalCode === null && !arrived(signal, since)) child.kill(signal);
    }, graceMs).unref();
  };
  const others = forwarded.map((signal) => ({ signal, listeners: process.listeners(signal) }));
  for (const signal of forwarded) process.removeAllListeners(signal).on(signal, pass);
  return () => {
    for (const signal of forwarded) process.off(signal, pass);
    for (const { signal, listeners } of others) for (const listener of listeners) process.on(signal, listener);
  };
};

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
const graceMs = 100;
