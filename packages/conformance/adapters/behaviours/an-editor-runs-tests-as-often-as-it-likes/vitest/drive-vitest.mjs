// Makes the calls that the extension of VS Code makes: it lists the tests, runs all, some, those of a file that has changed, and closes.
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { createVitest } from 'vitest/node';

const output = [];
const stream = () => new Writable({ write: (chunk, _encoding, done) => done(void output.push(String(chunk))) });
const [stdout, stderr] = [stream(), stream()];
globalThis.console = new Console(stdout, stderr);

const runs = [];
let told = () => {};
const reporter = {
  onTestRunStart: () => vitest.state.filesMap.clear(),
  onTestRunEnd: (modules) => {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const failed = tests.filter((test) => test.result().state === 'failed');
    runs.push(failed.map((test) => `${test.name}: ${test.result().errors?.[0]?.name}`).join(', ') || 'none');
    told();
  },
  toJSON: () => ({}),
};

const options = { watch: true, api: false, reporter: undefined, ui: false, includeTaskLocation: true };
const plugin = {
  name: 'an editor',
  config: (given) => {
    given.test ??= {};
    given.test.reporters = [given.test.reporters ?? [], reporter].flat();
    return { test: { printConsoleTrace: true } };
  },
  configResolved: (config) => {
    config.server.hmr = { server: { on: () => {}, off: () => {} } };
  },
};
const server = { middlewareMode: true, watch: null };
const vitest = await createVitest('test', options, { server, plugins: [plugin] }, { stdout, stderr });
await vitest.report('onInit', vitest);
const isOld = !('experimental_parseSpecifications' in vitest);

const specifications = await vitest.globTestSpecifications();
const run = (pattern) => {
  if (pattern) vitest.setGlobalTestNamePattern(pattern);
  else vitest.resetGlobalTestNamePattern();
  return isOld ? vitest.runFiles(specifications, false) : vitest.rerunTestSpecifications(specifications, false);
};
// Vitest 3 lists the tests of a file by running it with a pattern that no name has.
if (isOld) await run('$a');
else await vitest.experimental_parseSpecifications(specifications);
runs.length = 0;

await run();
await run('is innocent');
await run('charges a card');
await run();
if (isOld) await run();
else {
  const again = new Promise((resolve) => (told = resolve));
  vitest.watcher.onFileChange(specifications[0].moduleId);
  await again;
}
await vitest.close();
process.stderr.write(`the editor was told of: ${runs.join(' | ')}\n`);
