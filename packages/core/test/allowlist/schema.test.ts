import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { policyJsonSchema } from '../../src/allowlist/schema/policy.js';

const file = new URL('../../schema/netaudit.json', import.meta.url);

test('the published schema is what the one in the code gives', () => {
  const text = `${JSON.stringify(policyJsonSchema(), null, 2)}\n`;
  if (process.env.UPDATE === '1') writeFileSync(file, text);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text));
});
