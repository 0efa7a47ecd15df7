import { expect, test } from 'vitest';
import { blocksIn, commandsIn } from '../docs/commands.mjs';

const fence = '```';

test('the comment above a block says what becomes of it, and none is told of', () => {
  const page = `<!-- run: a suite; ends with 0 1 -->
${fence}sh
one
two
${fence}

<!-- not run: no engine is here -->

${fence}sh
three
${fence}

${fence}sh
four
${fence}

${fence}yaml
a: b
${fence}
`;
  expect(blocksIn('docs/x.md', page)).toEqual([
    { file: 'docs/x.md', line: 2, text: 'one\ntwo', mark: { kind: 'run', project: 'a suite', codes: [0, 1] } },
    { file: 'docs/x.md', line: 9, text: 'three', mark: { kind: 'not run', reason: 'no engine is here' } },
    { file: 'docs/x.md', line: 13, text: 'four', mark: null },
  ]);
});

test('what a console shows is run in the tutorial only', () => {
  const page = `${fence}console\n$ a\n${fence}\n`;
  expect(blocksIn('docs/tutorial.md', page)[0].mark).toEqual({ kind: 'console' });
  expect(blocksIn('docs/other.md', page)[0].mark).toBeNull();
});

test('a command goes over lines where a quote or a backslash says so; comments are none', () => {
  expect(commandsIn("# first\na 'b\nc' # d\n\ne \\\n  f\ng")).toEqual(["a 'b\nc' # d", 'e \\\n  f', 'g']);
});
