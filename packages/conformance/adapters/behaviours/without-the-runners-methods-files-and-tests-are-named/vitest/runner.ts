import * as vitest from 'vitest';

// A Vitest whose runner has lost a method: exported by `vitest` from 4.1, by `vitest/runners` before.
const older = 'vitest/runners';
const Runner = Reflect.get(vitest, 'TestRunner') ?? (await import(/* @vite-ignore */ older)).VitestTestRunner;
delete Runner.prototype.onBeforeTryTask;

export default class extends Runner {}
