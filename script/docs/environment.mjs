import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { code, table } from './table.mjs';

/** The page of the environment variables. Throws when the packages name one that is not described here, or no longer name one that is. */
export function environmentPage() {
  const described = [...forUsers, ...ofSystems, ...forProcesses].map(([name]) => name);
  const named = namedInPackages();
  const wrong = [...named.filter((name) => !described.includes(name)), ...described.filter((name) => !named.includes(name))];
  if (wrong.length > 0) throw new Error(`script/docs/environment.mjs and the packages do not agree on: ${wrong.join(', ')}`);
  const rows = (variables) => variables.map(([name, about]) => [code(name), about]);
  return `# Environment variables

${table(['variable', 'what it does'], rows([...forUsers, ...byNode]))}

## Of CI systems

${table(['variable', 'what it does'], rows(ofSystems))}

## Between processes of one run

Set by netaudit for the processes that it starts. They are no settings, and none of them holds the secret of a run.

${table(['variable', 'who sets it'], rows(forProcesses))}
`;
}

/** Every variable that a package of ours reads or sets, but PATH and those of Node and of the frameworks. */
function namedInPackages() {
  const names = new Set();
  for (const file of sources()) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    for (const [name] of text.matchAll(/\bNETAUDIT(_[A-Z]+)*\b/g)) names.add(name);
    for (const [, name] of text.matchAll(/\benv\??\.([A-Z_]+)\b/g)) if (!ofOthers.includes(name)) names.add(name);
    for (const [, list] of text.matchAll(/\{ ([A-Z_]+(?:, [A-Z_]+)*) \}: NodeJS\.ProcessEnv/g))
      for (const name of list.split(', ')) names.add(name);
  }
  return [...names].sort();
}

const sources = () =>
  readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name, 'src'))
    .filter((folder) => !folder.includes('/conformance/'))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.ts'));

/** What only tells where netaudit is. */
const ofOthers = ['PATH', 'TERM', 'NODE_OPTIONS', 'NODE_TEST_CONTEXT', 'VITEST', 'KUBERNETES_SERVICE_HOST', 'LC_ALL'];

const forUsers = [
  [
    'NETAUDIT',
    '`0` switches the adapters off; `fail`, `warn` and `report` set their mode, whatever the option `mode` says; `1` is the same as `fail`. Anything else is a mistake ([NA502](../errors/NA502.md)).',
  ],
  ['CI', 'Set to anything: a run that can not be audited fails (exit 2), where the option `whenUnaudited` does not say otherwise.'],
  [
    'GITHUB_ACTIONS',
    '`true`: the reporter `github` is added, unless `--no-ci-reporters` or the option `ciReporters: false` leaves it out.',
  ],
  ['GITHUB_STEP_SUMMARY', 'The file of the job summary: the reporter `github` adds the report to it, as far as it has room.'],
  ['GITLAB_CI', '`true`: the reporter `gitlab=gl-code-quality-report.json` is added, unless that is left out as above.'],
];

/** Node itself reads these. */
const byNode = [
  ['NO_COLOR, NODE_DISABLE_COLORS, FORCE_COLOR', 'Whether the text report has colours, by the rules of Node.'],
  ['TMPDIR', 'Where the private folder of a run is made ([NA005](../errors/NA005.md)).'],
];

const ofSystems = [
  ['GITHUB_SHA', 'The commit that a report names, where git can not tell it.'],
  ['CI_COMMIT_SHA', 'The same, in GitLab.'],
];

const forProcesses = [
  ['NETAUDIT_SESSION', 'the supervisor: the private folder of the run'],
  ['NETAUDIT_AUDITED', 'the adapter, in a test process: what is started from here is audited already'],
  ['NETAUDIT_JEST', 'the reporter for Jest, for its workers'],
  ['NETAUDIT_MOCHA_SESSION', 'the main process of Mocha, for its workers'],
  ['NETAUDIT_TEST_FILE', 'the adapter for node:test, when it starts a test file again'],
];
