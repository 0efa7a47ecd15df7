import type { ReporterChoice } from './choice.js';

/** The chosen reporters, and that of the CI system which the variables name, unless it is among them. */
export const withCiReporter = (choices: readonly ReporterChoice[], env: NodeJS.ProcessEnv): readonly ReporterChoice[] => {
  const own = ciReporter(env);
  return own === null || choices.some(({ name }) => name === own.name) ? choices : [...choices, own];
};

const ciReporter = (env: NodeJS.ProcessEnv): ReporterChoice | null => {
  if (env.GITHUB_ACTIONS === 'true') return { name: 'github', file: null, automatic: true };
  if (env.GITLAB_CI === 'true') return { name: 'gitlab', file: GITLAB_REPORT, automatic: true };
  return null;
};

/** As GitLab's documentation names it: for `artifacts: reports: codequality:`. */
const GITLAB_REPORT = 'gl-code-quality-report.json';
