import { linuxErrno } from './errno.js';
import { readGroup } from './scan.js';

/** A complete call: its arguments without comments and with their labels, and the text after `) = `. */
export type Call = { readonly args: readonly string[]; readonly result: string };

/** Reads `name(args) = result`; `null` when it is cut off or its quotes and brackets do not match. */
export const readCall = (text: string): Call | null => {
  const group = readGroup(text, text.indexOf('('));
  if (group === null) return null;
  const result = /^ *= *(\S.*)$/s.exec(text.slice(group.end + 1))?.[1];
  return result === undefined ? null : { args: group.items, result };
};

/** The value of argument `index`, without its `name=` label (-N). */
export const argument = (call: Call, index: number): string => (call.args[index] ?? '').replace(/^[a-z_]\w*=(?!=)/, '');

/** The value of the item labelled `name=`, or `null`. */
export const field = (items: readonly string[], ...names: readonly string[]): string | null => {
  for (const name of names) {
    const item = items.find((candidate) => candidate.startsWith(`${name}=`));
    if (item !== undefined) return item.slice(name.length + 1).trimStart();
  }
  return null;
};

/** The items of a value `{...}` or `[...]`; `null` when it is neither. */
export const itemsOf = (value: string, open: '{' | '['): readonly string[] | null =>
  value.startsWith(open) ? (readGroup(value, 0)?.items ?? null) : null;

/** The number a call returned; `null` for `-1`, for `?` and for what is no number. */
export const returned = (result: string): number | null => {
  const digits = /^(0x[0-9a-f]{1,13}|\d{1,15})(?![\w.])/.exec(result)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** The number returned, or −errno with its Linux number, EINPROGRESS as 0; `null` for `?` (the call may yet be restarted) and for an unknown name. */
export const outcome = (result: string): number | null => {
  const number = returned(result);
  if (number !== null) return number;
  const numbered = /^-1 \(errno (\d{1,6})\)/.exec(result)?.[1];
  if (numbered !== undefined) return -Number(numbered);
  const name = /^-1 (E[A-Z0-9]+)/.exec(result)?.[1];
  if (name === 'EINPROGRESS') return 0;
  const errno = name === undefined ? undefined : linuxErrno.get(name);
  return errno === undefined ? null : -errno;
};

/** Whether a connect goes on after its call (connect(2), EINPROGRESS). */
export const isPending = ({ result }: Pick<Call, 'result'>): boolean => result.startsWith('-1 EINPROGRESS');
