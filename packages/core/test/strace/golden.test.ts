import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import { decodeText } from './decode-text.js';

/** Every folder of fixtures/strace with a trace: what it decodes to. `UPDATE=1` writes the answers; review the difference. */
const fixtures = fileURLToPath(new URL('../../../../fixtures/strace/', import.meta.url));
const cases = readdirSync(fixtures).filter((name) => existsSync(`${fixtures}${name}/trace.txt`));

describe('a recorded trace decodes to its expected events', () => {
  test.each(cases)('%s', (name) => {
    const decoded = decodeText(readFileSync(`${fixtures}${name}/trace.txt`));
    const expected = `${fixtures}${name}/expected.json`;
    const text = `${JSON.stringify({ counts: decoded.counts }, null, 2).slice(0, -2)},\n  "events": [\n${decoded.events
      .map((event) => `    ${JSON.stringify(event)}`)
      .join(',\n')}\n  ]\n}\n`;
    if (process.env['UPDATE'] === '1') writeFileSync(expected, text);
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });

  test('there are traces', () => {
    expect(cases.length).toBeGreaterThan(30);
  });
});
