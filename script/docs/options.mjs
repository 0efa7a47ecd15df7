import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { code, table } from './table.mjs';

/** The options that every adapter takes, as their type in `file` (TypeScript) has them with its comments: a table. */
export const optionsTable = (file) =>
  table(
    ['option', 'type', 'what it does'],
    members(file, 'AdapterOptions').map(({ name, type, comment }) => [code(name), code(type), comment]),
  );

/** The page of the options. */
export const optionsPage = (file) => `# Options of the frameworks

The same in every framework; where each takes them: [Vitest](../quick-start/vitest.md), [Jest](../quick-start/jest.md), [Mocha](../quick-start/mocha.md),
[node:test](../quick-start/node-test.md). In \`package.json\` an allowlist is a path. One that is not known is a mistake ([NA502](../errors/NA502.md)).

${optionsTable(file)}

Report formats: [formats](formats.md). The variable \`NETAUDIT\` overrides the mode: [environment variables](environment.md).
`;

/** The properties of an exported object type: name, type as it is written, comment; in their order. Throws where one has no comment. */
function members(file, typeName) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const declared = source.statements.find((statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === typeName);
  return declared.type.members.map((member) => {
    const name = member.name.text;
    const comment = ts.getJSDocCommentsAndTags(member).map((doc) => ts.getTextOfJSDocComment(doc.comment));
    if (comment.length === 0) throw new Error(`${file}: ${typeName}.${name} has no comment`);
    return { name, type: plainType(member.type.getText(source)), comment: comment.join(' ') };
  });
}

const plainType = (text) =>
  text
    .replace(/ \| undefined\b/g, '')
    .replaceAll('readonly ', '')
    .replace(/\bMode\b/, "'fail' | 'warn' | 'report'")
    .replace(/\s+/g, ' ');
