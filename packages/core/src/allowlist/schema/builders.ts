import type * as Zod from 'zod';
import type { zod } from '../../libraries/load.js';
import { type ErrorCode, NetauditError } from '../../model/error.js';
import { parsePorts } from '../ports.js';

export type Z = ReturnType<typeof zod>;

/** What a check that zod does not know by itself says of a value. `on`: whether its key or its value is shown. */
export type Said = {
  readonly on: 'key' | 'value';
  readonly code: ErrorCode;
  readonly found: string;
  readonly allowed?: string | undefined;
  readonly fix?: string | undefined;
};

/** Text that is not empty. */
export const text = (z: Z, description: string, more: object = {}) =>
  z
    .string()
    .min(1)
    .meta({ description, minLength: 1, ...more });

/** One of the words. */
export const word = <const Words extends readonly [string, ...string[]]>(z: Z, words: Words, description: string) =>
  z.enum(words).meta({ description });

/** One item, or a list of one or more. */
export const oneOrMore = <Item extends Zod.ZodType>(z: Z, item: Item, description: string) =>
  z.union([item, z.array(item).min(1)]).meta({ description });

/** The schema, whose values `check` refuses with a NetauditError. */
export const checked = <Schema extends Zod.ZodType>(schema: Schema, check: (value: Zod.output<Schema>) => void): Schema =>
  schema.superRefine((value, context) => {
    try {
      check(value);
    } catch (error) {
      if (!(error instanceof NetauditError)) throw error;
      const { found, allowed, fix } = error.details;
      const said: Said = { on: 'value', code: error.code, found, allowed, fix };
      context.addIssue({ code: 'custom', message: found, params: { said } });
    }
  });

/** Refuses a mapping with two keys of which one says it all. */
export const notBoth = <Schema extends Zod.ZodType>(schema: Schema, one: string, other: string): Schema =>
  demand(schema, (value) => !(has(value, one) && has(value, other)), [other], {
    on: 'key',
    code: 'ALLOWLIST_KEY',
    found: `both ${one} and ${other} are written`,
    allowed: 'one of them',
  });

/** Refuses a mapping without any of the keys. */
export const someOf = <Schema extends Zod.ZodType>(schema: Schema, keys: readonly string[]): Schema =>
  demand(schema, (value) => keys.some((key) => has(value, key)), [], {
    on: 'value',
    code: 'ALLOWLIST_KEY',
    found: `neither ${keys.slice(0, -1).join(', ')} nor ${keys.at(-1)} is written`,
    allowed: 'one of them',
  });

/** Asked of every mapping, also where a key in it is wrong: one run shows all mistakes. */
const demand = <Schema extends Zod.ZodType>(schema: Schema, holds: (value: object) => boolean, path: string[], said: Said): Schema =>
  schema.refine((value) => typeof value !== 'object' || value === null || holds(value), {
    error: said.found,
    path,
    params: { said },
    when: () => true,
  });

const has = (value: object, key: string): boolean => Object.hasOwn(value, key);

/** A port, a range, or a list of these. */
export const ports = (z: Z, description: string) => {
  const item = checked(
    z.union([z.number().meta(PORT_NUMBER), z.string().meta({ pattern: PORT_RANGE })]),
    (value) => void parsePorts(value),
  );
  return z.union([item, z.array(item).min(1)]).meta({ description });
};

const PORT = '(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}|0)';
const PORT_RANGE = `^${PORT}(-${PORT})?$`;
const PORT_NUMBER = { type: 'integer', minimum: 0, maximum: 65_535 } as const;
