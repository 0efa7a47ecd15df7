import { afterEach, expect, test } from './framework.js';

jest.mock('node:net', () => ({ connect: () => 'mocked' }));
jest.mock('node:fs');
afterEach(() => {
  jest.useRealTimers();
});
for (const legacyFakeTimers of [false, true]) {
  test(`connects under ${legacyFakeTimers ? 'legacy' : 'modern'} fake timers`, async () => {
    jest.useFakeTimers({ legacyFakeTimers });
    jest.resetModules();
    expect(require('node:net').connect()).toBe('mocked');
    const socket = jest.requireActual('node:net').connect(legacyFakeTimers ? 4096 : 4095, '203.0.113.10');
    await new Promise((resolve) => socket.on('error', resolve).on('connect', resolve));
    socket.destroy();
  });
}
test('is innocent', () => {});
