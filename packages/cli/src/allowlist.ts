import { AllowList, NetauditError } from '@netaudit/core';

/** Both options name the one policy that counts. */
export type PolicyOptions = { readonly policy?: string | undefined; readonly allowlist?: string | undefined };

/** The policy of the given file; else of the netaudit.yaml in this folder and above it in the workspace, if any, after the built-in rules. */
export const loadAllowList = ({ policy, allowlist }: PolicyOptions): AllowList => {
  if (policy !== undefined && allowlist !== undefined) {
    throw new NetauditError('USAGE', { found: '--policy and --allowlist are the same option', fix: 'give one of them' });
  }
  const file = policy ?? allowlist;
  return file === undefined ? AllowList.discover('.') : AllowList.fromFile(file);
};
