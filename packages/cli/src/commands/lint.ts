import type { RuleFinding } from '@netaudit/core';
import type { Command } from 'commander';
import { write } from '../write.js';
import type { End } from './shared.js';

type LintOptions = { readonly json: boolean; readonly strict: boolean };

/** `netaudit lint`: a policy is checked without a run. */
export const addLint = (program: Command, end: End): void => {
  program
    .command('lint')
    .description('check a policy without a run')
    .argument('[file]', 'the policy (default: netaudit.yaml in this folder and above it in the workspace)')
    .option('--json', 'as JSON', false)
    .option('--strict', 'warnings fail too', false)
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: LintOptions) => {
      const { findings, mistake } = await check(file);
      if (mistake && !options.json) throw mistake;
      const text = options.json ? jsonOf(findings, mistake) : textOf(findings);
      await write(process.stdout, `${text}\n`);
      const fails = findings.some(({ level }) => options.strict || level === 'fail');
      end(mistake ? 3 : fails ? 1 : 0);
    });
};

type Mistake = import('@netaudit/core').NetauditError;

const check = async (file: string | undefined): Promise<{ findings: readonly RuleFinding[]; mistake: Mistake | null }> => {
  const { lintPolicy, NetauditError } = await import('@netaudit/core');
  const { loadAllowList } = await import('../allowlist.js');
  try {
    return { findings: lintPolicy(loadAllowList({ policy: file }), Date.now() * 1000), mistake: null };
  } catch (error) {
    if (error instanceof NetauditError) return { findings: [], mistake: error };
    throw error;
  }
};

const textOf = (findings: readonly RuleFinding[]): string => {
  const lines = findings.map(
    ({ place, level, code, message }) => `${place}: ${level === 'fail' ? 'error' : 'warning'}: ${code}: ${message}`,
  );
  return [...lines, `netaudit: ${findings.length === 0 ? 'nothing to say of the policy' : `${findings.length} to look at`}`].join('\n');
};

const jsonOf = (findings: readonly RuleFinding[], mistake: Mistake | null): string => {
  const { at, found, allowed, fix, others = [] } = mistake?.details ?? {};
  const error = mistake && { number: mistake.number, code: mistake.code, ...at, found, allowed, fix, message: mistake.message };
  return JSON.stringify(
    { valid: mistake === null, errors: error ? [error, ...others.map((message) => ({ message }))] : [], findings },
    null,
    2,
  );
};

const HELP = `
Exit codes:
  0  no mistakes, and no finding of the level fail
  1  findings of the level fail; with --strict of any level
  3  mistakes: each with file, line, column and code`;
