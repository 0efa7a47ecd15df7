import { describe, expect, it } from 'vitest';
import { adapterSettings } from '../../src/integration/options.js';

const settingsOf = (options: object) => adapterSettings(options, {});

describe('reporters of an adapter', () => {
  it('are names with files, and the option report says the same', () => {
    const options = { reporters: ['text', 'json=a.json'], report: [{ format: 'text', file: 'b.txt' }] };
    expect(settingsOf(options).reporters).toEqual([
      { name: 'text', file: null },
      { name: 'json', file: 'a.json' },
      { name: 'text', file: 'b.txt' },
    ]);
  });

  it.each([
    ['a document without a file', ['json'], "reporter 'json' has no file"],
    ['an unknown name', ['pdf'], "there is no reporter 'pdf'"],
    ['something else than a list', 'json=a', 'the option reporters is "json=a"'],
    ['a list of something else', [1], 'the option reporters is [1]'],
  ])('refuse %s', (_, reporters, found) => {
    expect(() => settingsOf({ reporters })).toThrow(expect.objectContaining({ code: 'OPTION', message: expect.stringContaining(found) }));
  });

  it('have that of the CI system beside them, unless that is not wanted', () => {
    const actions = { GITHUB_ACTIONS: 'true' };
    const github = { name: 'github', file: null, automatic: true };
    expect(adapterSettings({}, actions).reporters).toEqual([github]);
    expect(adapterSettings({ reporters: ['github'] }, actions).reporters).toEqual([{ name: 'github', file: null }]);
    expect(adapterSettings({}, { GITLAB_CI: 'true' }).reporters).toEqual([
      { name: 'gitlab', file: 'gl-code-quality-report.json', automatic: true },
    ]);
    expect(adapterSettings({ ciReporters: false }, actions).reporters).toEqual([]);
  });
});
