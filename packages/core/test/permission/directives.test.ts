import { describe, expect, it } from 'vitest';
import { directivesOf } from '../../src/integration/worker/permission/directives.js';
import { permissionsIn } from '../../src/integration/worker/permission/stated.js';

const NAME = 'netaudit-allow';

/** Each directive as `target: title of the call it is for, or file`. */
const places = (lines: readonly string[], file = 'a.test.ts'): string[] =>
  directivesOf(lines.join('\n'), file).directives.map(
    ({ target, call }) => `${target}: ${call ? `${call.kind} ${String(call.title)}` : 'file'}`,
  );

describe('a directive is for', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['the test below it', [`// ${NAME} h:1 why`, "test('a', () => {});"], ['h:1: test a']],
    ['the test below it, with other comments between', [`// ${NAME} h:1 why`, '// more', '/* and more */', "it('a', f);"], ['h:1: test a']],
    ['the test below it, stacked', [`// ${NAME} h:1 why`, `// ${NAME} h:2 why`, "it('a', f);"], ['h:1: test a', 'h:2: test a']],
    ['the file when a blank line follows', [`// ${NAME} h:1 why`, '', "it('a', f);"], ['h:1: file']],
    ['the file when other code follows', [`// ${NAME} h:1 why`, 'const a = 1;', "it('a', f);"], ['h:1: file']],
    ['the test it stands in', ["it('a', () => {", `  // ${NAME} h:1 why`, '  go();', '});'], ['h:1: test a']],
    ['the test it stands in, behind code', ["it('a', () => {", `  go(); // ${NAME} h:1 why`, '});'], ['h:1: test a']],
    ['the test on whose first line it stands', [`it('a', () => { // ${NAME} h:1 why`, '  go();', '});'], ['h:1: test a']],
    ['the test on whose last line it stands', ["it('a', () => {", '  go();', `}); // ${NAME} h:1 why`], ['h:1: test a']],
    [
      'the test of one line that it follows',
      ["it('a', () => go());", `it('b', () => go()); // ${NAME} h:1 why`, "it('c', f);"],
      ['h:1: test b'],
    ],
    ['the file after the last test', ["it('a', () => {", '});', `// ${NAME} h:1 why`], ['h:1: file']],
    [
      'the suite it stands in, outside its tests',
      ["describe('s', () => {", `  // ${NAME} h:1 why`, '', "  it('a', f);", '});'],
      ['h:1: suite s'],
    ],
    ['the suite below it', [`// ${NAME} h:1 why`, "describe('s', () => {", "  it('a', f);", '});'], ['h:1: suite s']],
    ['a test of a suite', ["describe('s', () => {", `  // ${NAME} h:1 why`, "  it('a', f);", '});'], ['h:1: test a']],
    ['the file between suites', ["describe('s', () => {});", `// ${NAME} h:1 why`, '', "describe('t', () => {});"], ['h:1: file']],
    [
      'a call over many lines',
      ['it(', "  'a',", '  { timeout: 1 },', '  async () => {', `    // ${NAME} h:1 why`, '  },', ');'],
      ['h:1: test a'],
    ],
    ['it.only', [`// ${NAME} h:1 why`, "it.only('a', f);"], ['h:1: test a']],
    ['test.concurrent.only', [`// ${NAME} h:1 why`, "test.concurrent.only('a', f);"], ['h:1: test a']],
    ['it.each(…)(…)', [`// ${NAME} h:1 why`, "it.each([1, (2)])('a %i', f);"], ['h:1: test /^a .*$/s']],
    ['it.each`…`(…)', [`// ${NAME} h:1 why`, 'it.each`', '  n', '  ${1}', "`('a $n', f);"], ['h:1: test /^a .*$/s']],
    ['test.skipIf(…)(…)', [`// ${NAME} h:1 why`, "test.skipIf(process.env.CI)('a', f);"], ['h:1: test a']],
    ['test.skipIf(…).each(…)(…)', [`// ${NAME} h:1 why`, "test.skipIf(ci).each(all)('a', f);"], ['h:1: test a']],
    ['describe.each(…)(…)', ["describe.each(all)('s %s', () => {", `  // ${NAME} h:1 why`, '', '});'], ['h:1: suite /^s .*$/s']],
    ['a call with type arguments', [`// ${NAME} h:1 why`, "test<Map<string, A.B>>('a', f);"], ['h:1: test a']],
    ['t.test', ["test('a', async (t) => {", `  // ${NAME} h:1 why`, "  await t.test('b', f);", '});'], ['h:1: test b']],
    ['specify', [`// ${NAME} h:1 why`, "specify('a', f);"], ['h:1: test a']],
    ["a test function of the user's", ['const dbTest = test.extend({});', `// ${NAME} h:1 why`, "dbTest('a', f);"], ['h:1: test a']],
    ['an import as compilers call it', [';', `// ${NAME} h:1 why`, "(0, node_test_1.test)('a', f);"], ['h:1: test a']],
    ['an import with each as compilers call it', [';', `// ${NAME} h:1 why`, "(0, x_1.default).each(all)('a', f);"], ['h:1: file']],
    ['it.each of an import as compilers call it', [';', `// ${NAME} h:1 why`, "x_1.it.each(all)('a', f);"], ['h:1: test a']],
    ['a title in a template', [`// ${NAME} h:1 why`, 'it(`a ${b} c`, f);'], ['h:1: test /^a .* c$/s']],
    ['a title that is not written there', [`// ${NAME} h:1 why`, 'it(name, f);'], ['h:1: test /^/']],
    ['a test with brackets in strings', ["it('a', () => {", "  go(')', `}`, /[)]\\//);", `  // ${NAME} h:1 why`, '});'], ['h:1: test a']],
    [
      'a test after JSX with an apostrophe',
      ["it('a', () => {", "  show(<p title='x'>don't {n} `</p>);", `  // ${NAME} h:1 why`, '});'],
      ['h:1: test a'],
    ],
    ['the file around test.beforeEach and expect.it', ["test.beforeEach('a', () => {", `  // ${NAME} h:1 why`, '});'], ['h:1: file']],
    ['the file in a call of another name', ["server.on('request', () => {", `  // ${NAME} h:1 why`, '});'], ['h:1: file']],
    ['the file in RegExp.test', [`/a/.test('b'); // ${NAME} h:1 why`], ['h:1: file']],
  ])('%s', (_, lines, expected) => {
    expect(places(lines, lines.some((line) => line.includes('<p')) ? 'a.test.tsx' : undefined)).toEqual(expected);
  });
});

describe('a comment is a directive', () => {
  it.each<[string, string, readonly string[]]>([
    ['of a line', `// ${NAME} h:1 why not`, ['h:1|why not|1:4']],
    ['of a line, close', `//${NAME} h:1 why`, ['h:1|why|1:3']],
    ['in a block', `/* ${NAME} h:1 why */`, ['h:1|why|1:4']],
    ['in a documentation block of many lines', `/**\n * ${NAME} h:1 why\n * ${NAME}   h:2   also \n */`, ['h:1|why|2:4', 'h:2|also|3:4']],
    ['with Windows line ends', `/**\r\n * ${NAME} h:1 why\r\n */\r\n// ${NAME} h:2 also\r\n`, ['h:1|why|2:4', 'h:2|also|4:4']],
    ['in a JSX expression', `f(<b>{/* ${NAME} h:1 why */}</b>)`, ['h:1|why|1:10']],
    ['without a reason', `// ${NAME} h:1`, ['h:1||1:4']],
    ['without a target', `// ${NAME}`, ['||1:4']],
    ['after a division', `a = b / c; // ${NAME} h:1 why / other`, ['h:1|why / other|1:15']],
    ['after a type parameter in a file that may hold JSX', `const f = <T>(a: T) => a; // ${NAME} h:1 why`, ['h:1|why|1:30']],
    ['after the type parameters of an arrow function', `const f = <T,>(a: T) => a; // ${NAME} h:1 why`, ['h:1|why|1:31']],
    ['after a private field and a decorator', `@a class B { #c = 1 } // ${NAME} h:1 why`, ['h:1|why|1:26']],
  ])('%s', (_, source, expected) => {
    const found = directivesOf(source, 'a.test.tsx').directives;
    expect(found.map(({ target, reason, line, column }) => `${target}|${reason}|${line}:${column}`)).toEqual(expected);
  });

  it.each([
    ['in a string', `const a = "// ${NAME} h:1 why";`],
    ['in a string over two lines', `const a = '\\\n// ${NAME} h:1 why';`],
    ['in a template', `const a = \`\n// ${NAME} h:1 why\n\`;`],
    ['in the code of a template', `const a = \`\${b(\`// ${NAME} h:1\`)}\`;`],
    ['in a regular expression', `const a = /[/][/] ${NAME} h:1 why/;`],
    ['in the text of an element', `const a = <p>\n// ${NAME} h:1 why\n</p>;`],
    ['in an attribute', `const a = <p title="\n// ${NAME} h:1 why" />;`],
    ['in the midst of a comment', `// as with ${NAME} h:1 why`],
    ['of a longer word', `// ${NAME}-not h:1 why`],
    ['of a script in #', `# ${NAME} h:1 why`],
  ])('not %s', (_, source) => {
    expect(directivesOf(source, 'a.test.jsx').directives).toEqual([]);
  });

  it('does not end in hostile source', () => {
    for (const piece of ['`${', '<a>', '<a ', '(', '{', '/', '/*', '"', '\\', '[', 'it(', '}`']) {
      expect(() => directivesOf(`${piece.repeat(20_000)} // ${NAME} h:1 why`, 'a.test.jsx')).not.toThrow();
    }
  });
});

const source = `
// ${NAME} file:1 why

describe('outer', () => {
  // ${NAME} outer:1 why

  test('same', () => {}); // ${NAME} outer-same:1 why
  describe('inner', () => {
    test('same', () => {
      // ${NAME} inner-same:1 why
    });
  });
  test.each(['x', 'y'])('case %s', () => {
    // ${NAME} case:1 why
  });
  test('case x', () => {}); // ${NAME} exact:1 why
});
describe('other', () => {
  test('same', () => {});
  test(\`made \${1}\`, () => {}); // ${NAME} made:1 why
});
const shared = () => {
  test('shared', () => {}); // ${NAME} shared:1 why
};
test('parent', async (t) => {
  // ${NAME} parent:1 why

  await t.test('child', () => {}); // ${NAME} child:1 why
});
test("it's \\u{1f600}", () => {}); // ${NAME} escaped:1 why
`;

describe('a scope may do what is stated', () => {
  it.each<[string, 'import' | 'file' | 'suite' | 'test', readonly string[], string]>([
    ['for the file, while it is loaded', 'import', [], 'file'],
    ['for the file, in its hooks', 'file', [], 'file'],
    ['for the suite, in its hooks', 'suite', ['outer'], 'file outer'],
    ['for the suite, in a suite of it', 'suite', ['outer', 'inner'], 'file outer'],
    ['for the test and what is around it', 'test', ['outer', 'same'], 'file outer outer-same'],
    ['for the test, not for one of the same name elsewhere', 'test', ['outer', 'inner', 'same'], 'file outer inner-same'],
    ['for the file, where its own suite states nothing', 'test', ['other', 'same'], 'file'],
    ['for each test that a call makes', 'test', ['outer', 'case y'], 'file outer case'],
    ['for the test with the very title, before a pattern', 'test', ['outer', 'case x'], 'file outer exact'],
    ['for a title that is put together', 'test', ['other', 'made 1'], 'file made'],
    ['in a function that is called in a suite', 'test', ['other', 'shared'], 'file shared'],
    ['for the test and in its subtests', 'test', ['parent'], 'file parent child'],
    ['for a subtest and the test around it', 'test', ['parent', 'child'], 'file parent child'],
    ['for a title with escapes', 'test', ["it's \u{1f600}"], 'file escaped'],
    ['for the file only, when nothing made the test', 'test', ['unknown'], 'file'],
    ['for the file only, when a suite has the name of a test', 'suite', ['parent'], 'file'],
  ])('%s', (_, kind, names, expected) => {
    const stated = permissionsIn(source, 'a.test.ts')({ kind, names });
    expect(stated.map(({ target }) => target.replace(':1', '')).join(' ')).toBe(expected);
  });

  it('with its place and how far it reaches', () => {
    expect(permissionsIn(source, 'a.test.ts')({ kind: 'test', names: ['outer', 'inner', 'same'] })).toEqual([
      { target: 'file:1', reason: 'why', at: 'a.test.ts:2:4', covers: 'file' },
      { target: 'outer:1', reason: 'why', at: 'a.test.ts:5:6', covers: 'suite' },
      { target: 'inner-same:1', reason: 'why', at: 'a.test.ts:10:10', covers: 'test' },
    ]);
  });
});
