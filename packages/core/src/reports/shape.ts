/** The words of JSON Schema (draft 7) that our schemas use. */
type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
};

export type RootSchema = Schema & { readonly definitions: Readonly<Record<string, Schema>> };

/** Where a value is not as the schema says, as `path: what is expected`; null when it is. Keys that the schema does not know are left alone. */
export const shapeMistake = (value: unknown, schema: RootSchema): string | null => mistakeAt('', value, schema, schema.definitions);

type Definitions = RootSchema['definitions'];

const mistakeAt = (path: string, value: unknown, schema: Schema, definitions: Definitions): string | null => {
  if (schema.$ref !== undefined) return mistakeAt(path, value, definitions[schema.$ref.replace('#/definitions/', '')] ?? {}, definitions);
  if (schema.anyOf) return mistakeOfAny(path, value, schema.anyOf, definitions);
  return plainMistake(path, value, schema) ?? partMistake(path, value, schema, definitions);
};

/** That of the last choice, which is the one with content. */
const mistakeOfAny = (path: string, value: unknown, choices: readonly Schema[], definitions: Definitions): string | null => {
  const mistakes = choices.map((choice) => mistakeAt(path, value, choice, definitions));
  return mistakes.includes(null) ? null : (mistakes.at(-1) ?? null);
};

const plainMistake = (path: string, value: unknown, schema: Schema): string | null => {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const wrong = (expected: string): string => `${path || 'the whole'}: expected ${expected}`;
  if (types.length > 0 && !types.some((type) => hasType(value, type))) return wrong(types.join(' or '));
  if (schema.const !== undefined && value !== schema.const) return wrong(JSON.stringify(schema.const));
  if (schema.enum && !schema.enum.includes(value)) return wrong(schema.enum.join(', '));
  if (typeof value === 'string') {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) return wrong(schema.pattern);
    if (value.length < (schema.minLength ?? 0)) return wrong('text');
  }
  if (typeof value === 'number' && (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity)))
    return wrong(`from ${schema.minimum ?? 'any'} to ${schema.maximum ?? 'any'}`);
  return null;
};

const partMistake = (path: string, value: unknown, { items, required = [], properties = {} }: Schema, definitions: Definitions) => {
  if (Array.isArray(value)) return items ? first(value, (item, index) => mistakeAt(`${path}[${index}]`, item, items, definitions)) : null;
  if (typeof value !== 'object' || value === null) return null;
  const missing = required.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${path || 'the whole'}: ${missing} is missing`;
  return first(Object.entries(properties), ([key, schema]) =>
    Object.hasOwn(value, key)
      ? mistakeAt(path === '' ? key : `${path}.${key}`, (value as Record<string, unknown>)[key], schema, definitions)
      : null,
  );
};

const first = <Item>(items: readonly Item[], mistakeOf: (item: Item, index: number) => string | null): string | null => {
  for (const [index, item] of items.entries()) {
    const mistake = mistakeOf(item, index);
    if (mistake !== null) return mistake;
  }
  return null;
};

const hasType = (value: unknown, type: string): boolean => {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
};
