import type { Scope, ScopeKind } from './scope.js';

/** One accepted violation: what a scope may go on doing until it is fixed. It holds no pid, and no port that changes from run to run. */
export type BaselineEntry = ScopeName & {
  /** Where it goes, as `destinationKey` writes it. */
  readonly to: string;
};

/** A scope by what stays the same from run to run. `title`: the names from the outermost suite to the test, joined by ` > `. */
export type ScopeName = {
  readonly project?: string | undefined;
  readonly file: string | null;
  readonly kind: ScopeKind;
  readonly title: string;
};

/** The name of a scope; what belongs to no scope is the run's. */
export const scopeName = (scope: Scope | null): ScopeName =>
  scope === null || scope.file === null
    ? { file: null, kind: 'run', title: '' }
    : {
        ...(scope.project && { project: scope.project }),
        file: scope.file,
        kind: scope.kind,
        title: scope.names.join(' > '),
      };

/** The same text for the same scope, in every run. */
export const scopeKey = ({ project = '', file, kind, title }: ScopeName): string => JSON.stringify([file ?? '', project, kind, title]);

export const entryKey = (entry: BaselineEntry): string => `${scopeKey(entry)} ${entry.to}`;

/** As people read it, and as `scopeTitle` shows scopes. */
export const nameText = ({ project, file, kind, title }: ScopeName): string => {
  if (file === null) return 'outside any test (run)';
  const path = [project ? `|${project}| ${file}` : file, ...(title === '' ? [] : [title])].join(' > ');
  return kind === 'test' ? path : `${path} (${kind === 'suite' ? 'suite hooks' : kind})`;
};
