// Jest loads this file in each of its workers, outside of the sandbox of the tests, in place of the project's test runner.
import { createRequire } from 'node:module';
import { startRecorder } from '@netaudit/core/worker';
import { type FileResult, formatOfJest, type TestRunner } from './compat.js';
import { failFile } from './fail-file.js';
import { followFile } from './hooks.js';
import { receiveSession } from './receive-session.js';
import { scopesOf } from './scope.js';

const { session: sent, testRunner } = receiveSession(process.env);

/** Runs a test file with the project's own runner, and follows what that tells. */
const run: TestRunner = async (globalConfig, config, environment, runtime, testPath, sendMessageToJest) => {
  const runner = load(config.netaudit?.testRunner ?? testRunner ?? 'jest-circus/runner');
  const runFile = () => runner(globalConfig, config, environment, runtime, testPath, sendMessageToJest);
  if (!sent) return runFile();
  const recorder = startRecorder(sent, environment.global);
  const scopes = scopesOf(testPath, sent.root, config.displayName?.name);
  const file = followFile({ recorder, scopes, fails: sent.mode === 'fail', environment, runtime, path: testPath });
  let result: FileResult;
  try {
    result = await runFile();
  } catch (error) {
    file.end();
    throw error;
  }
  return failFile(result, file.end(), (error) => formatOfJest(error, config, globalConfig));
};

export default run;

const load = (path: string): TestRunner => {
  let found: unknown = requireModule(path);
  while (typeof found === 'object' && found !== null && 'default' in found) found = found.default;
  return found as TestRunner;
};

const requireModule = createRequire(import.meta.url);
