// Who may import whom: the one rule of the architecture (docs/ARCHITECTURE.md). What has no row, and what a row does not list, is refused.

const capabilities = [
  'process',
  'project',
  'sources',
  'names',
  'attribution',
  'allowlist',
  'baseline',
  'findings',
  'reporters',
  'reports',
  'sinks',
  'suggest',
];

/** Folders and files of packages/core/src → what they may import there, besides themselves. The longest row that fits a file counts. */
export const coreTable = {
  model: [],
  process: ['model'],
  sources: ['model', 'process', 'libraries'],
  names: ['model', 'libraries'],
  attribution: ['model'],
  // Packages of others, each loaded when it is first used.
  libraries: [],
  yaml: ['libraries'],
  allowlist: ['model', 'libraries', 'yaml'],
  baseline: ['model', 'libraries', 'yaml'],
  suggest: ['model', 'libraries', 'yaml'],
  project: ['model', 'libraries', 'yaml'],
  findings: ['model'],
  reporters: ['model'],
  reports: ['model'],
  sinks: ['model'],
  // Chosen reporters, and where their reports go.
  delivery: ['model', 'reporters', 'sinks'],
  audit: ['model', ...capabilities],
  // An adapter's options take rules and name report formats; everything else of a run is audit's.
  integration: ['model', 'process', 'audit', 'allowlist', 'baseline', 'delivery', 'reporters'],
  // Runs inside the user's test process: words of the model, and nothing else of ours.
  'integration/worker': [
    'model/command.ts',
    'model/destination.ts',
    'model/marker.ts',
    'model/origin.ts',
    'model/permission.ts',
    'model/scope.ts',
    'model/session.ts',
  ],
  'index.ts': ['*'],
};

/** Packages → the packages of this workspace that they may import, and those only by what their "exports" name. */
export const packageTable = {
  'packages/page': [],
  'packages/core': [],
  'packages/cli': ['@netaudit/core'],
  'packages/node-test': ['@netaudit/core'],
  'packages/mocha': ['@netaudit/core'],
  'packages/vitest': ['@netaudit/core'],
  'packages/jest': ['@netaudit/core'],
};
