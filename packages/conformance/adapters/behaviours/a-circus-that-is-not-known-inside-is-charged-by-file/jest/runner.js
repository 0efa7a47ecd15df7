const { createRequire } = require('node:module');

const circus = ['jest', 'jest-cli', 'jest-config', 'jest-circus/runner'].reduce(
  (from, name) => createRequire(from).resolve(name),
  __filename,
);
let run = require(circus);
while (run.default) run = run.default;

// A jest-circus that keeps its tests in another way.
module.exports = (globalConfig, config, environment, ...rest) => {
  const { handleTestEvent } = environment;
  environment.handleTestEvent = (event, { rootDescribeBlock: { children, ...root }, ...state }) =>
    handleTestEvent(event, { ...state, rootDescribeBlock: { ...root, parts: children } });
  return run(globalConfig, config, environment, ...rest);
};
