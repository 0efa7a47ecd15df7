/** A place in the user's source. `file` is relative to the root of the run when it is inside, else absolute; line and column count from 1. */
export type CallSite = { readonly file: string; readonly line: number; readonly column: number; readonly function: string | null };

/** Where in the user's code a connection, or the process or thread that made it, was begun, as the test thread tells. */
export type Origin = {
  /** Which call of user code it was; several attempts of one call (RFC 8305) share it. Unique within the run. */
  readonly call: string;
  /** The host name that was asked for; null for an address, and for what a child process connected to. */
  readonly host: string | null;
  readonly site: CallSite | null;
  /** The package in node_modules whose code made the call, `name` or `name@version`; null when it was the user's own. */
  readonly package: string | null;
};

/** `file:line:column function`, and the package; null when neither is known. */
export const originText = ({ site, package: name }: Pick<Origin, 'site' | 'package'>): string | null => {
  const place = site && `${site.file}:${site.line}:${site.column}${site.function === null ? '' : ` ${site.function}`}`;
  if (place === null) return name === null ? null : `in package ${name}`;
  return name === null ? place : `${place} (in package ${name})`;
};

/** Whether a value that a trace carried is an origin. */
export const isOrigin = (value: unknown): value is Origin => {
  if (!isRecord(value)) return false;
  const { call, host, site, package: name } = value;
  return typeof call === 'string' && isText(host) && isText(name) && (site === null || isSite(site));
};

const isSite = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value.file === 'string' &&
  Number.isSafeInteger(value.line) &&
  Number.isSafeInteger(value.column) &&
  isText(value.function);

const isText = (value: unknown): boolean => value === null || typeof value === 'string';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
