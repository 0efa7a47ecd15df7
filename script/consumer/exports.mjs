// Copied into an empty project that has the packed packages installed. Both module systems must offer the same names.
import { createRequire } from 'node:module';
import * as imported from '@netaudit/core';

const required = createRequire(import.meta.url)('@netaudit/core');
const names = [
  'StraceRunner',
  'StraceParser',
  'AllowList',
  'IPv4Rule',
  'IPv6Rule',
  'UnixSocketRule',
  'NetlinkRule',
  'Reporter',
  'StraceNotFoundError',
];

const missing = [imported, required].flatMap((module, index) =>
  names.filter((name) => typeof module[name] !== 'function').map((name) => `${name} (${index === 0 ? 'import' : 'require'})`),
);
if (missing.length > 0) {
  console.error(`@netaudit/core does not export ${missing.join(', ')}`);
  process.exitCode = 1;
}

const report = {
  ...{ runId: 'r', verdict: 'clean', exitCode: 0, violations: [], events: [], gaps: [], command: null, leftRunning: [], unusedRules: [] },
  coverage: { source: 'strace', tool: null, mode: 'log', uncovered: [], fallbacks: [], events: 0, lines: 0, ignoredLines: 0 },
};
for (const { renderers } of [imported, required]) {
  if (renderers.html.render(report, { verbose: true }).includes('"verdict":"clean"')) continue;
  console.error('the html reporter makes no page');
  process.exitCode = 1;
}
