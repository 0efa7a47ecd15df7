import type { StatedPermission } from '../../../model/permission.js';
import type { Scope } from '../../../model/scope.js';

/** Inline permission as an option object states it. */
export type PermissionOption = {
  /** `HOST:PORT` or `unix:/path/glob`. */
  readonly allow: string | readonly string[];
  readonly reason: string;
};

/** The permissions of `netaudit: { allow, reason }` (or an array of these) in the options of a test or suite. What has another form is told by the supervisor. */
export const permissionsFromOption = (value: unknown, scope: Scope): StatedPermission[] => {
  if (value === undefined || value === null) return [];
  const at = [scope.file, ...scope.names].filter((part) => part !== null).join(' > ');
  const covers = scope.kind === 'test' || scope.kind === 'suite' ? scope.kind : 'file';
  return [value].flat().flatMap((option: Partial<PermissionOption> | null) => {
    const allow: readonly unknown[] = [option?.allow ?? ''].flat();
    const reason = typeof option?.reason === 'string' ? option.reason.trim() : '';
    return allow.map((target) => ({ target: typeof target === 'string' ? target : (JSON.stringify(target) ?? ''), reason, at, covers }));
  });
};
