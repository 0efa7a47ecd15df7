import * as vitest from 'vitest';

const older = 'vitest/runners';
const Runner = Reflect.get(vitest, 'TestRunner') ?? (await import(/* @vite-ignore */ older)).VitestTestRunner;

export default class extends Runner {
  onBeforeTryTask(): void {}
}
