import type { CommandResult, Finding, Gap, Verdict, Violation } from '../model/report.js';

/** `fail`: violations and gaps fail the run. `warn` and `report` leave the command's own exit code. */
export type Mode = 'fail' | 'warn' | 'report';

export const verdictOf = (violations: readonly Violation[], findings: readonly Finding[], gaps: readonly Gap[]): Verdict => {
  if (gaps.length > 0) return 'incomplete';
  return violations.length > 0 || findings.some(({ level }) => level === 'fail') ? 'violations' : 'clean';
};

type Ending = { readonly verdict: Verdict; readonly gaps: readonly Gap[]; readonly command: CommandResult | null; readonly mode: Mode };

/**
 * 0 clean, 1 violations, 2 incomplete, 3 when only permissions that can not be understood make it incomplete; with none of these the
 * command's own code, 128+n for a signal.
 */
export const exitCodeOf = ({ verdict, gaps, command, mode }: Ending): number => {
  if (mode === 'fail' && verdict === 'incomplete') return gaps.every((gap) => gap.kind === 'permission') ? 3 : 2;
  if (mode === 'fail' && verdict === 'violations') return 1;
  if (!command) return 0;
  return command.signal === null ? (command.exitCode ?? 0) : 128 + (signalNumbers[command.signal] ?? 0);
};

/** signal(7), the numbers all Linux platforms that Node runs on share. */
const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGSYS: 31,
};
