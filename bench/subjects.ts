import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { straceArgv } from '../packages/core/src/sources/strace/argv.js';
import { probeStrace } from '../packages/core/src/sources/strace/version.js';
import type { Variant } from './workload.js';

/** How one framework runs test files with our one line. */
export type Subject = {
  readonly name: string;
  /** Folder of the contract suite's `frameworks/`. */
  readonly install: string;
  /** `.mjs` or `.js`: how test files end, after `.test`. */
  readonly extension: string;
  /** What gives a test file its `test`. */
  readonly header: string;
  readonly files: Readonly<Record<string, string>>;
  /** The command without files. */
  readonly command: readonly string[];
  /** Arguments that a run without us has not. */
  readonly line?: readonly string[];
};

const node = process.execPath;

const vitest = (pool: string): Subject => ({
  name: `Vitest, ${pool}`,
  install: 'vitest-4',
  extension: '.mjs',
  header: "import { test } from 'vitest';",
  files: {
    'vitest.config.mjs': `import netaudit from '@netaudit/vitest';\nexport default { plugins: [netaudit()], test: { pool: '${pool}', reporters: ['dot'] } };\n`,
  },
  command: [node, 'node_modules/vitest/vitest.mjs', 'run'],
});

export const vitests: readonly Subject[] = [vitest('forks'), vitest('threads')];

export const subjects: readonly Subject[] = [
  ...vitests,
  {
    name: 'Jest',
    install: 'jest-30',
    extension: '.js',
    header: '',
    files: { 'jest.config.json': JSON.stringify({ reporters: ['default', '@netaudit/jest'], transform: {} }) },
    command: [node, 'node_modules/jest/bin/jest.js'],
  },
  {
    name: 'Mocha',
    install: 'mocha-12',
    extension: '.mjs',
    header: 'const test = globalThis.it;',
    files: {},
    command: [node, 'node_modules/mocha/bin/mocha.js', '--reporter', 'dot'],
    line: ['--require', '@netaudit/mocha'],
  },
  {
    name: 'node:test',
    install: 'node-test',
    extension: '.mjs',
    header: "import { test } from 'node:test';",
    files: {},
    command: [node, '--test', '--test-reporter=dot'],
    line: ['--require', '@netaudit/node-test'],
  },
];

/** Two frameworks, one with threads and one that starts fast. */
export const shortSubjects = subjects.filter(({ name }) => name === 'Vitest, threads' || name === 'Mocha');

/** A project in an empty folder: each file of `sources`, named without its extension, after what gives it its `test`. */
export const layOut = (subject: Subject, folder: string, sources: Readonly<Record<string, string>>): void => {
  symlinkSync(join(frameworks, subject.install, 'node_modules'), join(folder, 'node_modules'));
  const type = subject.extension === '.mjs' ? 'module' : 'commonjs';
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type }));
  for (const [name, text] of Object.entries(subject.files)) writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(sources))
    writeFileSync(join(folder, `${name}.test${subject.extension}`), `${subject.header}\n${text}`);
};

/** A statement that takes a module of Node, in the subject's module system. */
export const take = ({ extension }: Subject, name: string): string =>
  extension === '.mjs' ? `import ${name} from 'node:${name}';` : `const ${name} = require('node:${name}');`;

/** The subject untraced, under strace as asked for, and under netaudit; `names` of the files, where the command wants them. */
export const variantsOf = (subject: Subject, names: readonly string[], tracers: readonly Tracer[]): readonly Variant[] => {
  const files = filesOf(subject, names);
  return [...unauditedOf(subject, names, tracers), { name: 'netaudit', command: [...withLine(subject), ...files] }];
};

/** The subject untraced, and under strace. */
export const unauditedOf = (subject: Subject, names: readonly string[], tracers: readonly Tracer[]): readonly Variant[] => {
  const bare = [...(subject.line ? subject.command : withLine(subject)), ...filesOf(subject, names)];
  return bareAndTraced(bare, tracers).map((variant) => ({ ...variant, env: { NETAUDIT: '0' } }));
};

/** A command as it is, and under strace. */
export const bareAndTraced = (bare: readonly string[], tracers: readonly Tracer[]): readonly Variant[] => [
  { name: 'untraced', command: bare },
  ...tracers.map((name) => ({ name, command: [...straces[name](), ...bare] })),
];

const filesOf = ({ line, extension }: Subject, names: readonly string[]): readonly string[] =>
  line ? names.map((name) => `${name}.test${extension}`) : [];

export type Tracer = keyof typeof straces;

/** `seccomp`: only the traced calls stop a process. */
const seccomp = ['strace', '-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e'];

const straces = {
  /** What a user of strace types. */
  strace: () => ['strace', '-f', '-o', '/dev/null', '-e', 'trace=connect'],
  /** The least that a tool pays that is built on strace: connections, and what lets threads go on without it (packages/core, strace/argv.ts). */
  'least strace': () => [...seccomp, 'trace=connect,set_robust_list'],
  'uncured strace': () => [...seccomp, 'trace=connect'],
  /** As netaudit starts it, but nobody reads what it writes: what the evidence costs that an audit takes. */
  'same strace': () => {
    const call = { traceFile: '/dev/null', command: [], locale: undefined };
    return ['strace', ...straceArgv(probeStrace(process.env.PATH), call).filter((word) => word !== '-D')];
  },
} satisfies Readonly<Record<string, () => readonly string[]>>;

/** Arguments of ours go right after the program (Mocha) or after Node (node:test). */
const withLine = ({ command, line = [], install }: Subject): readonly string[] =>
  install === 'node-test' ? [...command.slice(0, 1), ...line, ...command.slice(1)] : [...command.slice(0, 2), ...line, ...command.slice(2)];

const frameworks = fileURLToPath(new URL('../packages/conformance/frameworks', import.meta.url));
