/** Is given the exit code of the command that ran. */
export type End = (exitCode: number) => void;

/** The report that commands read where none is named; `netaudit init` has it written. */
export const DEFAULT_REPORT = 'netaudit-report.json';

/** The policy that is read where none is named. */
export const POLICY = 'netaudit.yaml';
