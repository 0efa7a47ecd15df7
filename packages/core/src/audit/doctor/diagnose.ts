import { printable } from '../../model/printable.js';
import type { Check } from './check.js';
import { checkMachine } from './machine.js';
import { checkProject } from './project.js';

/** What stands in the way of an audit here. `exitCode`: 0 nothing, 2 the machine, 3 the project alone. */
export type Diagnosis = { readonly ready: boolean; readonly exitCode: 0 | 2 | 3; readonly checks: readonly Check[] };

export const diagnose = (folder: string): Diagnosis => {
  const checks = [...checkMachine(), ...checkProject(folder)];
  const failed = checks.filter(({ status }) => status === 'failed');
  const exitCode = failed.length === 0 ? 0 : failed.some(({ area }) => area === 'machine') ? 2 : 3;
  return { ready: exitCode === 0, exitCode, checks };
};

/** The diagnosis for people, without a last line break. */
export const diagnosisText = ({ ready, checks }: Diagnosis): string => {
  const lines = checks.flatMap(({ status, found, fix }) => [
    `${status.padEnd(8)} ${printable(found)}`,
    ...(fix === undefined ? [] : [`         fix: ${printable(fix)}`]),
  ]);
  const count = (status: Check['status']): number => checks.filter((check) => check.status === status).length;
  const warnings = count('warning') === 0 ? '' : `, ${count('warning')} to look at`;
  return [...lines, ready ? `netaudit: ready${warnings}` : `netaudit: not ready, ${count('failed')} failed${warnings}`].join('\n');
};
