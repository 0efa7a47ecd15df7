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
  readonly additionalProperties?: boolean;
};

export type RootSchema = Schema & { readonly definitions: Readonly<Record<string, Schema>> };

/**
 * Where a value is not as the schema says, as `path: what is expected`; null when it is. Keys that the schema does not know are left alone, unless
 * `strict`.
 */
export const shapeMistake = (value: unknown, schema: RootSchema, strict = false): string | null =>
  mistakeAt('', value, schema, { definitions: schema.definitions, strict });

type Rules = { readonly definitions: RootSchema['definitions']; readonly strict: boolean };

const mistakeAt = (path: string, value: unknown, schema: Schema, rules: Rules): string | null => {
  if (schema.$ref !== undefined) return mistakeAt(path, value, rules.definitions[schema.$ref.replace('#/definitions/', '')] ?? {}, rules);
  if (schema.anyOf) return mistakeOfAny(path, value, schema.anyOf, rules);
  return plainMistake(path, value, schema) ?? partMistake(path, value, schema, rules);
};

/** That of the last choice, which is the one with content. */
const mistakeOfAny = (path: string, value: unknown, choices: readonly Schema[], rules: Rules): string | null => {
  const mistakes = choices.map((choice) => mistakeAt(path, value, choice, rules));
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

const partMistake = (
  path: string,
  value: unknown,
  { items, required = [], properties = {}, additionalProperties = true }: Schema,
  rules: Rules,
) => {
  if (Array.isArray(value)) return items ? first(value, (item, index) => mistakeAt(`${path}[${index}]`, item, items, rules)) : null;
  if (typeof value !== 'object' || value === null) return null;
  const missing = required.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${path || 'the whole'}: ${missing} is missing`;
  const surplus = rules.strict && !additionalProperties ? Object.keys(value).find((key) => !Object.hasOwn(properties, key)) : undefined;
  if (surplus !== undefined) return `${path || 'the whole'}: ${surplus} is no key of it`;
  return first(Object.entries(properties), ([key, schema]) =>
    Object.hasOwn(value, key)
      ? mistakeAt(path === '' ? key : `${path}.${key}`, (value as Record<string, unknown>)[key], schema, rules)
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
