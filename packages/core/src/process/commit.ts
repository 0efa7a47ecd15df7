import { spawnSync } from 'node:child_process';

/** The commit of a working copy; `dirty`: whether tracked files differ from it. null what is not known. */
export type Commit = { readonly commit: string | null; readonly dirty: boolean | null };

/**
 * Asks git(1), which may be absent, for the commit of the folder; else takes the one that the CI system names (GITHUB_SHA, CI_COMMIT_SHA). Nothing of the
 * repository is run or changed, nothing is fetched, and after 5 s it is given up.
 */
export const commitOf = (cwd: string, env: NodeJS.ProcessEnv): Commit => {
  const { commit, dirty } = askGit(cwd, env);
  return commit === null ? { commit: namedBy(env), dirty: null } : { commit, dirty };
};

/** The headers of git-status(1), porcelain version 2, begin with `# `; each other line is a change. */
const askGit = (cwd: string, env: NodeJS.ProcessEnv): Commit => {
  const { stdout, status, error } = spawnSync('git', ask, {
    cwd,
    env: { ...env, ...quiet },
    encoding: 'latin1',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 5000,
    killSignal: 'SIGKILL',
  });
  const lines = (stdout ?? '').split('\n');
  const commit = lines.map((line) => /^# branch\.oid ([0-9a-f]{40,64})$/.exec(line)?.[1]).find((oid) => oid !== undefined) ?? null;
  const changed = lines.some((line) => line !== '' && !line.startsWith('# '));
  return { commit, dirty: changed ? true : error !== undefined || status !== 0 ? null : false };
};

const namedBy = ({ GITHUB_SHA, CI_COMMIT_SHA }: NodeJS.ProcessEnv): string | null =>
  [GITHUB_SHA, CI_COMMIT_SHA].find((sha) => sha !== undefined && /^[0-9a-f]{40,64}$/.test(sha)) ?? null;

const ask = ['--no-optional-locks', '-c', 'core.fsmonitor=false', 'status', '--porcelain=v2', '--branch', '--untracked-files=no'];
const quiet = { LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
