/** What a scope stands for. `import` is the loading of a test file, `suite` covers its hooks, `late` is never a scope of its own. */
export type ScopeKind = 'run' | 'file' | 'import' | 'suite' | 'test';

/** One nested part of a run. `names` are the titles from the outermost suite to the test, empty above a suite. */
export type Scope = {
  readonly id: string;
  readonly kind: ScopeKind;
  /** Path of the test file relative to the root of the run, `null` for the run itself. */
  readonly file: string | null;
  readonly names: readonly string[];
  readonly project?: string | undefined;
};

/** How an event found its owner. */
export type Method = 'context' | 'lineage' | 'ambiguous' | 'none';

/** Why an event is outside its owner's own time, when it is. */
export type Timing = 'late' | 'detached' | null;

/** The owner of one event. `scope` is null when `method` is `ambiguous` or `none`; `candidates` is filled when `ambiguous`. */
export type Owner = {
  readonly method: Method;
  readonly scope: Scope | null;
  readonly candidates: readonly Scope[];
  readonly timing: Timing;
  /** In which attempt at a test, from 1; the framework may retry or repeat it. */
  readonly attempt?: number | undefined;
};

/** A scope as people read it: `|project| file > suite > test`, or the kind where there is no name. */
export const scopeTitle = (scope: Scope): string => {
  const file = scope.project && scope.file ? `|${scope.project}| ${scope.file}` : scope.file;
  const path = [file, ...scope.names].filter((part): part is string => part !== null && part !== '');
  switch (scope.kind) {
    case 'run':
      return 'outside any test (run)';
    case 'file':
      return `${path.join(' > ')} (file)`;
    case 'import':
      return `${path.join(' > ')} (import)`;
    case 'suite':
      return `${path.join(' > ')} (suite hooks)`;
    case 'test':
      return path.join(' > ');
  }
};
