import type { ErrorCode } from '@netaudit/core';
import { CommanderError } from 'commander';

/** What to print for an error, and what to exit with: 0 for help that was asked for, 2 for no audit, 3 for a mistake of the user's. */
export type Failure = { readonly exitCode: number; readonly text: string };

export const failureOf = async (error: unknown): Promise<Failure> => {
  if (error instanceof CommanderError) return usageFailure(error);
  const { NetauditError, printable } = await import('@netaudit/core');
  if (!(error instanceof NetauditError)) return { exitCode: 2, text: `netaudit: internal error: ${stackOf(error)}\n` };
  const { frame, others = [] } = error.details;
  const said = `netaudit: ${printable(error.message)} ${pageOf(error.number)}`;
  const lines = [said, ...(frame === undefined ? [] : [frame]), ...others.map(printable)];
  return { exitCode: noAudit.includes(error.code) ? 2 : 3, text: `${lines.join('\n')}\n` };
};

/** commander has printed help and version itself; a second line of its messages is a hint in parentheses. */
const usageFailure = ({ exitCode, code, message }: CommanderError): Failure => {
  if (exitCode === 0) return { exitCode, text: '' };
  const said = code === 'commander.help' ? NO_COMMAND : message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return { exitCode: 3, text: `netaudit: ${said} [NA501 USAGE] ${pageOf('NA501')}\n` };
};

/** Where the documentation says what a code means. */
const pageOf = (number: string): string => `see netaudit explain ${number}`;

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const noAudit: readonly ErrorCode[] = ['STRACE_NOT_FOUND', 'STRACE_UNUSABLE', 'PLATFORM', 'TEMPORARY_FOLDER'];

/** commander answers a lone `netaudit` with its help, as an error. */
const NO_COMMAND = "no command given; write 'netaudit run -- npm test', or see netaudit --help";
