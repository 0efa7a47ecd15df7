import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import schema from '../../schema/netaudit.json' with { type: 'json' };
import { AllowList, NetauditError } from '../../src/index.js';
import { casesOf, expectGolden, fixturesOf } from '../golden.js';

const validate = new Ajv({ strictTypes: false, strictRequired: false }).compile(schema);

const textOf = (name: string): string => readFileSync(join(fixturesOf('allowlist'), name, 'netaudit.yaml'), 'utf8');

const load = (name: string): AllowList | NetauditError => {
  try {
    return AllowList.fromYaml(textOf(name), 'netaudit.yaml');
  } catch (error) {
    if (error instanceof NetauditError) return error;
    throw error;
  }
};

const describeResult = (result: AllowList | NetauditError): string =>
  result instanceof NetauditError
    ? [result.message, result.details.frame, ...(result.details.others ?? [])].join('\n')
    : result.rules.map((rule) => `${rule.name || '(no name)'}: ${String(rule)}`).join('\n');

test.each(casesOf('allowlist'))('%s', (name) => {
  expectGolden('allowlist', name, 'expected.txt', describeResult(load(name)));
});

/** What a schema of JSON values cannot say, or what is lost before it sees the values. */
const beyondTheSchema: Readonly<Record<string, string>> = {
  'port-range-backwards': 'a pattern cannot compare numbers',
  'cidr-of-mapped-addresses': 'the pattern of IPv6 is loose',
  'ipv6-malformed': 'the pattern of IPv6 is loose',
};

/** Cases whose text is no YAML, or not YAML that becomes one value of plain types. */
const noValue = /^(syntax-|two-documents|alias-|unresolved-|unknown-tag|duplicate-)/;

test.each(casesOf('allowlist').filter((name) => !noValue.test(name)))('the schema agrees on %s', (name) => {
  const loads = load(name) instanceof AllowList;
  const isValid = validate(parse(textOf(name), { logLevel: 'silent' }));
  expect(isValid).toBe(loads || name in beyondTheSchema);
});
