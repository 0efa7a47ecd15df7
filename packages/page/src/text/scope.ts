import type { Scope } from '../model/document.js';
import { printable } from './printable.js';

/** A scope as people read it: `|project| file > suite > test`, and the kind where it is no test. */
export const scopeTitle = (scope: Scope): string => {
  if (scope.kind === 'run') return 'outside any test (run)';
  const file = scope.project && scope.file ? `|${scope.project}| ${scope.file}` : scope.file;
  const path = [file, ...scope.names].filter((part): part is string => part !== null && part !== '').join(' > ');
  return printable(kinds[scope.kind] === '' ? path : `${path} (${kinds[scope.kind]})`);
};

/** Its file, or what stands for it. */
export const fileTitle = (scope: Scope | null): string => printable(scope?.file ?? 'outside any test');

const kinds: Record<Scope['kind'], string> = { run: 'run', file: 'file', import: 'import', suite: 'suite hooks', test: '' };
