const { TestEnvironment } = require('jest-environment-jsdom');

module.exports = class extends TestEnvironment {
  async handleTestEvent({ name }) {
    await null;
    if (name === 'test_start') this.global.started = (this.global.started ?? 0) + 1;
  }
};
