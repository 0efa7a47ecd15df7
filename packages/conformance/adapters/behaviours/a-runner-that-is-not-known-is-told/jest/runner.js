// The least that Jest takes for a test runner: it tells of nothing while it runs.
module.exports = async (_globalConfig, _config, environment, runtime, path) => {
  const tests = [];
  environment.global.test = (title, fn) => tests.push({ title, fn });
  runtime.requireModule(path);
  for (const { fn } of tests) await fn();
  const results = tests.map(({ title }) => ({ title, fullName: title, status: 'passed', ancestorTitles: [], failureMessages: [] }));
  const none = { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 };
  const counts = {
    numFailingTests: 0,
    numPassingTests: results.length,
    numPendingTests: 0,
    numTodoTests: 0,
    openHandles: [],
    leaks: false,
  };
  return { ...counts, testFilePath: path, testResults: results, snapshot: none, perfStats: {}, skipped: false };
};
