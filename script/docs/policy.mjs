import { code, table } from './table.mjs';

/** Every key of netaudit.yaml, with what its value may be, of the JSON Schema that is made of the zod schema. */
export function policyPage(schema) {
  const follow = (node) => (node.$ref ? { ...follow(schema.definitions[node.$ref.replace('#/definitions/', '')]), ...node } : node);
  const kinds = follow(follow(schema.properties.allowlist).items).anyOf.map(follow);
  const denied = follow(follow(schema.properties.deny).items).anyOf.map(follow);
  const rows = (node) =>
    Object.entries(node.properties).map(([name, value]) => {
      const { description = '', default: standard } = follow(value);
      const needed = node.required?.includes(name) ? ' (must be there)' : '';
      return [code(name) + needed, valueText(follow, value), description, standard === undefined ? '' : code(standard)];
    });
  const isCommon = ([name]) => kinds.every(({ properties }) => properties[name.replaceAll('`', '')] !== undefined);
  const common = rows(kinds[0]).filter(isCommon);
  const own = (kind) => rows(kind).filter((row) => !isCommon(row));
  const head = ['key', 'value', 'what it is', 'default'];
  const findings = follow(schema.properties.findings);
  return `# Keys of the policy

Made of the schema by which \`netaudit.yaml\` is read; what they mean together is in [the policy](../policy.md). A key that is not here is a mistake ([NA104](../errors/NA104.md)).

## The file

${table(head, rows(schema))}

## Every rule

${table(head, common)}

${kinds.map((kind) => `## Rule: ${titleOf(follow, kind)}\n\n${table(head, own(kind))}\n${demands(kind)}`).join('\n')}
## Rules of deny

The same, without ${missing(kinds, denied).map(code).join(', ')}.

## findings

${table(
  ['code', 'value', 'default'],
  Object.entries(findings.properties).map(([name, value]) => [
    `[${name}](../findings/${name}.md)`,
    valueText(follow, value),
    code(follow(value).default),
  ]),
)}
`;
}

const titleOf = (follow, kind) => {
  const family = kind.properties.family && follow(kind.properties.family).const;
  return family ?? (kind.properties.preset ? 'a preset' : 'a host, of any family');
};

/** What else the schema asks of a rule of this kind. */
function demands({ anyOf, oneOf, allOf = [] }) {
  const keys = (branches) => branches.map(({ required }) => code(required[0])).join(', ');
  const said = [
    anyOf ? `At least one of ${keys(anyOf)}.` : '',
    oneOf ? `Just one of ${keys(oneOf)}.` : '',
    ...allOf.map(({ not }) => `Not both ${not.required.map(code).join(' and ')}.`),
  ];
  const text = said.filter((sentence) => sentence !== '').join(' ');
  return text === '' ? '' : `\n${text}\n`;
}

const missing = (kinds, denied) => {
  const names = (all) => new Set(all.flatMap(({ properties }) => Object.keys(properties)));
  return [...names(kinds)].filter((name) => !names(denied).has(name));
};

/** "text, or a list of these". */
function valueText(follow, node) {
  const { anyOf, enum: words, const: only, type, items, minimum, maximum, properties } = follow(node);
  if (anyOf) return unionText(anyOf.map(follow), follow);
  if (words) return words.map(code).join(', ');
  if (only !== undefined) return code(only);
  if (items) return follow(items).anyOf ? 'a list of rules, see below' : `a list of ${valueText(follow, items)}`;
  if (properties) return 'a mapping, see below';
  if (type === 'integer') return `a number from ${minimum} to ${maximum}`;
  if (type === 'boolean') return '`true`, `false`';
  return type;
}

const unionText = (branches, follow) =>
  branches
    .map((branch) => {
      if (branch.items) return 'a list of these';
      return isRange(branch) ? 'a range such as `"8000-8100"`' : valueText(follow, branch);
    })
    .join(', or ');

/** The text beside numbers. */
const isRange = ({ type, pattern }) => type === 'string' && pattern?.includes(')(-(');
