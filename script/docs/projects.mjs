import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../paths.mjs';

/**
 * Makes the project that a block of commands is run in. There, `npm install --save-dev NAME` links a package of this workspace, as no registry has them yet, and
 * `apt install NAME` looks whether the program is there; all else is the real thing. `page` is the Markdown of the block's page: its blocks of code that
 * begin with the name of a file become that file.
 */
export function makeProject(name, folder, { page, prepared }) {
  const project = projects[name];
  if (project === undefined)
    throw new Error(`there is no project '${name}'; script/docs/projects.mjs has ${Object.keys(projects).join(', ')}`);
  mkdirSync(folder, { recursive: true });
  if (project.prepared) cpSync(prepared, folder, { recursive: true, verbatimSymlinks: true });
  else linkFrameworks(folder);
  for (const [file, text] of Object.entries({ ...(project.fromPage ? filesOn(page) : {}), ...project.files })) put(folder, file, text);
  for (const [command, text] of Object.entries(standIns(folder))) {
    put(folder, `.commands/${command}`, text);
    chmodSync(join(folder, '.commands', command), 0o755);
  }
  return { after: project.after ?? [] };
}

/** The files of the suite, and of its reports, that `make` (of commands-run.mjs) is to make once. */
export const suite = {
  files: () => ({
    'package.json': JSON.stringify({ type: 'module', private: true, scripts: { test: 'node --test --require @netaudit/node-test' } }),
    'test/pay.test.mjs': testFile("import { test } from 'node:test';\nimport net from 'node:net';"),
    'test/cart.test.mjs': "import { test } from 'node:test';\ntest('adds', () => {});\n",
    'test/search.test.mjs': "import { test } from 'node:test';\ntest('finds', () => {});\n",
    'netaudit.yaml': NO_LOOPBACK,
    'stricter.yaml': 'version: 1\nincludes_builtins: false\n',
    'ci.yaml': 'version: 1\n',
    Makefile: 'check:\n\tnpm test\n',
  }),
  commands: [
    { command: 'npx netaudit run --format json --output netaudit-report.json --keep-trace run.trace -- npm test', code: 1 },
    ...[1, 2, 3].map((shard) => ({
      command: `npx netaudit run --format json --output shard-${shard}.json -- node --test --require @netaudit/node-test --test-shard=${shard}/3 test/*.mjs`,
      code: null,
    })),
    ...[1, 2, 3].map((run) => ({ command: `cp netaudit-report.json run-${run}.json`, code: 0 })),
    { command: 'cp run.trace audit.trace', code: 0 },
  ],
};

export function put(folder, name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** What a test runner needs, of the examples' own packages; those of netaudit are not there before they are installed. */
export function linkFrameworks(folder) {
  for (const example of readdirSync(join(root, 'examples'))) {
    const modules = join(root, 'examples', example, 'node_modules');
    for (const name of readdirSync(modules).filter((entry) => !entry.startsWith('.') && !entry.startsWith('@')))
      link(join(modules, name), join(folder, 'node_modules', name));
    const commands = existsSync(join(modules, '.bin')) ? readdirSync(join(modules, '.bin')) : [];
    for (const name of commands) link(join(modules, '.bin', name), join(folder, 'node_modules/.bin', name));
  }
}

/** Links the packages of the workspace, as if they were installed. */
export function linkPackages(folder, names) {
  for (const parent of readdirSync(join(root, 'packages'))) {
    const { name, bin = {}, private: own } = JSON.parse(readFileSync(join(root, 'packages', parent, 'package.json'), 'utf8'));
    if (own || !names.includes(name)) continue;
    link(join(root, 'packages', parent), join(folder, 'node_modules', name));
    for (const [command, file] of Object.entries(bin))
      link(join(root, 'packages', parent, file), join(folder, 'node_modules/.bin', command));
  }
  const missing = names.filter((name) => !existsSync(join(folder, 'node_modules', name)));
  if (missing.length > 0) throw new Error(`no package of this workspace, and none of an example, is ${missing.join(', ')}`);
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) symlinkSync(target, path);
}

/** The blocks of code that begin with a comment that is the name of a file. */
const filesOn = (page) =>
  Object.fromEntries([...page.matchAll(/^```(?:ts|js)\n(\/\/ ([\w.-]+)\n[\s\S]*?)^```/gm)].map(([, text, name]) => [name, text]));

const standIns = (folder) => ({
  npm: `#!/bin/sh
[ "$1" = install ] || exec ${JSON.stringify(join(dirname(process.execPath), 'npm'))} "$@"
exec node ${JSON.stringify(join(root, 'script/docs/install-linked.mjs'))} ${JSON.stringify(folder)} "$@"
`,
  apt: '#!/bin/sh\n[ "$1" = install ] && command -v "$2"\n',
});

const testFile = (imports, connect = '127.0.0.1') => `${imports}
test('charges a card', () => new Promise((done) => {
  net.connect(9, '${connect}').on('error', done.bind(null, undefined)).on('connect', function () { this.destroy(); done(); });
}));
`;

/** A policy under which all of loopback is a violation. */
const NO_LOOPBACK =
  'version: 1\nincludes_builtins: false\nfindings: { refused-loopback: off }\nallowlist:\n  - { family: AF_UNIX, path_glob: "*" }\n  - { family: AF_NETLINK }\n';

const manifest = (more = {}) => JSON.stringify({ private: true, ...more });
const allowing = { 'netaudit.yaml': NO_LOOPBACK };

const projects = {
  'a suite': { prepared: true },
  'a suite without a policy': { prepared: true, files: { 'netaudit.yaml': 'version: 1\n' } },
  'a suite with a baseline': {
    prepared: true,
    files: {
      'netaudit-baseline.yaml': 'version: 1\nknown:\n  - { file: "test/pay.test.mjs", test: "charges a card", to: "127.0.0.1:9" }\n',
    },
  },
  'a folder': { files: { 'package.json': manifest() } },
  vitest: {
    fromPage: true,
    files: {
      ...allowing,
      'package.json': manifest({ type: 'module' }),
      'pay.test.ts': testFile("import net from 'node:net';\nimport { test } from 'vitest';"),
    },
    after: [{ command: 'npx vitest run', code: 1, prints: 'NetworkViolationError' }],
  },
  jest: {
    fromPage: true,
    files: { ...allowing, 'package.json': manifest(), 'pay.test.js': testFile("const net = require('node:net');") },
    after: [{ command: 'npx jest', code: 1, prints: 'NetworkViolationError' }],
  },
  mocha: {
    files: { ...allowing, 'package.json': manifest(), 'test/pay.js': testFile("const net = require('node:net');\nconst test = it;") },
  },
  'node:test': {
    files: {
      ...allowing,
      'package.json': manifest({ type: 'module' }),
      'pay.test.mjs': testFile("import net from 'node:net';\nimport { test } from 'node:test';"),
    },
  },
};
