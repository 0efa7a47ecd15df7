import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { optionsFromPackage } from '../../src/integration/package-options.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-options-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (content: string) => {
  writeFileSync(join(folder, 'package.json'), content);
  return optionsFromPackage(folder);
};

describe('options in package.json', () => {
  it('are none without the file', () => {
    expect(optionsFromPackage(folder)).toEqual({});
  });

  it('are none without the key', () => {
    expect(read('{ "name": "shop" }')).toEqual({});
  });

  it('are those of the key "netaudit"', () => {
    const options = {
      ...{ allowlist: 'ci.yaml', mode: 'warn', enabled: true, verbose: false, whenUnaudited: 'fail' },
      report: [{ format: 'json', file: 'netaudit.json' }],
    };
    expect(read(JSON.stringify({ netaudit: options }))).toEqual(options);
  });

  it.each([
    ['a file that is not JSON', '{ "netaudit": ', 'it can not be read'],
    ['a key that is not an object', '{ "netaudit": "off" }', '"netaudit" is "off"'],
    ['an option that does not exist', '{ "netaudit": { "allowList": "a.yaml" } }', "netaudit has no option 'allowList'"],
    ['a name that every object has', '{ "netaudit": { "toString": "a" } }', "netaudit has no option 'toString'"],
    ['an allowlist that is no path', '{ "netaudit": { "allowlist": [] } }', 'netaudit.allowlist is []'],
    ['a mode that does not exist', '{ "netaudit": { "mode": "off" } }', 'netaudit.mode is "off"'],
    ['a boolean in quotes', '{ "netaudit": { "enabled": "false" } }', 'netaudit.enabled is "false"'],
    ['a report that is no list', '{ "netaudit": { "report": "a.json" } }', 'netaudit.report is "a.json"'],
    ['reporters that are no list', '{ "netaudit": { "reporters": "json=a.json" } }', 'netaudit.reporters is "json=a.json"'],
    ['a report format that does not exist', '{ "netaudit": { "report": [{ "format": "pdf", "file": "a" }] } }', 'netaudit.report is'],
  ])('%s is a mistake that names the file', (_, content, found) => {
    expect(() => read(content)).toThrow(
      expect.objectContaining({ code: 'OPTION', message: expect.stringContaining(`${join(folder, 'package.json')}: ${found}`) }),
    );
  });
});
