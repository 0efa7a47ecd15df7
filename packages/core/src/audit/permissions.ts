import { type PermissionMatch, parsePermission } from '../allowlist/permission.js';
import type { Charged } from '../attribution/listener.js';
import { NetauditError } from '../model/error.js';
import type { Aim } from '../model/event.js';
import type { StatedPermission } from '../model/permission.js';
import type { HostName, InlinePermission } from '../model/report.js';
import type { Scope } from '../model/scope.js';

type Entry = {
  readonly stated: StatedPermission;
  readonly matches: PermissionMatch;
  /** Whether a test that it covers was run. */
  tried: boolean;
  used: number;
  readonly usedBy: Map<string, Scope>;
};

/** What a permission is looked for: where a call goes, and whose it is. */
export type Permitted = { readonly event: Aim; readonly owner: Charged['owner'] };

/** The inline permissions that test threads stated, by the scopes they hold for, and how often each was needed. */
export class Permissions {
  /** One message for each permission that can not be understood. */
  readonly mistakes: string[] = [];
  readonly #entries = new Map<string, Entry | null>();
  readonly #byScope = new Map<string, readonly Entry[]>();

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** From now on, `permissions` hold for the scope. */
  state(scope: Scope, permissions: readonly StatedPermission[]): void {
    const entries = permissions.flatMap((stated) => this.#entryOf(stated) ?? []);
    for (const entry of entries) entry.tried ||= scope.kind === 'test';
    this.#byScope.set(scope.id, entries);
  }

  /** The scope is gone: nothing will be charged to it any more. */
  forget(scope: string): void {
    this.#byScope.delete(scope);
  }

  /**
   * What allows the event: a permission of its owner, or of each candidate when the owner is not sure. As a rule is named: the reason, and
   * where it is stated. null when nothing does. `known`: names of its address. `counts`: whether it is used by that.
   */
  use({ event, owner }: Permitted, known: readonly HostName[], counts = true): { readonly name: string } | null {
    if (this.#entries.size === 0) return null;
    const names = known.map(({ name }) => name);
    const scopes = owner.scope ? [owner.scope] : owner.candidates;
    const found = scopes.map((scope) => this.#byScope.get(scope.id)?.find((entry) => entry.matches(event, names)));
    const [first] = found;
    if (!first || !found.every((entry) => entry !== undefined)) return null;
    if (counts) for (const entry of new Set(found)) entry.used += 1;
    if (counts) for (const [index, scope] of scopes.entries()) noteUser(found[index], scope);
    return { name: `inline: ${first.stated.reason} (${first.stated.at})` };
  }

  /** Every permission that was used, or that held for a test that was run, in the order first stated. */
  get list(): InlinePermission[] {
    return [...this.#entries.values()].flatMap((entry) => {
      if (!entry || (!entry.tried && entry.used === 0)) return [];
      const { target, reason, at, covers } = entry.stated;
      return [{ target, reason, at, covers, used: entry.used, usedBy: [...entry.usedBy.values()] }];
    });
  }

  #entryOf(stated: StatedPermission): Entry | null {
    const key = keyOf(stated);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry = this.#parse(stated);
    this.#entries.set(key, entry);
    return entry;
  }

  #parse(stated: StatedPermission): Entry | null {
    try {
      return { stated, matches: parsePermission(stated), tried: false, used: 0, usedBy: new Map() };
    } catch (error) {
      if (!(error instanceof NetauditError)) throw error;
      this.mistakes.push(`${stated.at}: ${error.message}`);
      return null;
    }
  }
}

/** The permissions of several traces as one list: a file may have been run by several workers, for several projects. */
export const mergePermissions = (lists: readonly (readonly InlinePermission[])[]): InlinePermission[] => {
  const merged = new Map<string, InlinePermission>();
  for (const permission of lists.flat()) {
    const key = keyOf(permission);
    const { used = 0, usedBy = [] } = merged.get(key) ?? {};
    const scopes = new Map([...usedBy, ...permission.usedBy].map((scope) => [scope.id, scope]));
    merged.set(key, { ...permission, used: used + permission.used, usedBy: [...scopes.values()] });
  }
  return [...merged.values()];
};

const noteUser = (entry: Entry | undefined, scope: Scope): void => {
  if (entry && entry.usedBy.size < mostUsers) entry.usedBy.set(scope.id, scope);
};

const mostUsers = 100_000;

const keyOf = ({ at, target, reason }: StatedPermission): string => JSON.stringify([at, target, reason]);
