import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Variant, Workload } from '../workload.js';

/** How one framework runs one file of tests with our one line. */
type Subject = {
  readonly name: string;
  /** Folder of the contract suite's `frameworks/`. */
  readonly install: string;
  readonly file: string;
  readonly header: string;
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** Arguments that a run without us has not. */
  readonly line?: readonly string[];
};

const globals = 'const { describe, test, it } = globalThis;';
const node = process.execPath;

const vitest = (pool: string): Subject => ({
  name: `Vitest, ${pool}`,
  install: 'vitest-4',
  file: 'bench.test.mjs',
  header: "import { test } from 'vitest';",
  files: {
    'vitest.config.mjs': `import netaudit from '@netaudit/vitest';\nexport default { plugins: [netaudit()], test: { pool: '${pool}', reporters: ['dot'] } };\n`,
  },
  command: [node, 'node_modules/vitest/vitest.mjs', 'run'],
});

const subjects: readonly Subject[] = [
  vitest('forks'),
  vitest('threads'),
  {
    name: 'Jest',
    install: 'jest-30',
    file: 'bench.test.js',
    header: '',
    files: { 'jest.config.json': JSON.stringify({ reporters: ['default', '@netaudit/jest'], transform: {} }) },
    command: [node, 'node_modules/jest/bin/jest.js'],
  },
  {
    name: 'Mocha',
    install: 'mocha-12',
    file: 'bench.test.mjs',
    header: `${globals.replace('test, it', 'it')} const test = it;`,
    files: {},
    command: [node, 'node_modules/mocha/bin/mocha.js', '--reporter', 'dot', 'bench.test.mjs'],
    line: ['--require', '@netaudit/mocha'],
  },
  {
    name: 'node:test',
    install: 'node-test',
    file: 'bench.test.mjs',
    header: "import { test } from 'node:test';",
    files: {},
    command: [node, '--test', '--test-reporter=dot', 'bench.test.mjs'],
    line: ['--require', '@netaudit/node-test'],
  },
];

/** Arguments of ours go right after the program (Mocha) or after Node (node:test). */
const withLine = ({ command, line = [], install }: Subject): readonly string[] =>
  install === 'node-test' ? [...command.slice(0, 1), ...line, ...command.slice(1)] : [...command.slice(0, 2), ...line, ...command.slice(2)];

const variantsOf = (subject: Subject): readonly Variant[] => [
  { name: 'untraced', command: subject.line ? subject.command : withLine(subject), env: { NETAUDIT: '0' } },
  { name: 'netaudit', command: withLine(subject) },
];

const workload = (subject: Subject, what: string, operations: number, rounds: number, body: string): Workload => ({
  name: `${subject.name}: ${what}`,
  what: `${operations} ${what} in one file; from the beginning of one to that of the next, by the file's own clock: the median`,
  rounds,
  operations,
  prepare: (folder) => {
    symlinkSync(join(frameworks, subject.install, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, type: subject.file.endsWith('.mjs') ? 'module' : 'commonjs' }),
    );
    for (const [name, text] of Object.entries(subject.files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, subject.file), source(subject, operations, body));
    return variantsOf(subject);
  },
});

const source = ({ header, file }: Subject, operations: number, body: string): string => {
  const modules = file.endsWith('.mjs')
    ? "import fs from 'node:fs'; import net from 'node:net';"
    : "const fs = require('node:fs'); const net = require('node:net');";
  return `${header}
${modules}
const begins = [];
let server;
test('first', async () => {
  server = net.createServer((socket) => socket.end());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});
for (let n = 0; n < ${operations}; n += 1) test('number ' + n, () => {
  begins.push(performance.now());
  return (${body})();
});
test('last', () => {
  begins.push(performance.now());
  const took = begins.slice(1).map((at, n) => at - begins[n]).sort((one, other) => one - other);
  fs.writeFileSync('elapsed', String(took[took.length >> 1]));
  server.close();
});
`;
};

const connecting = `() => new Promise((resolve) => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('close', resolve).resume();
})`;

export const testWorkloads: readonly Workload[] = subjects.flatMap((subject) => [
  workload(subject, 'empty tests', 3000, 7, '() => {}'),
  workload(subject, 'tests that connect', 1000, 7, connecting),
]);

const frameworks = fileURLToPath(new URL('../../packages/conformance/frameworks', import.meta.url));
