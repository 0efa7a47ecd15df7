import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

import { createScanner } from '../../src/sources/strace/shortcut/scanner.js';
import { decodeText } from './decode-text.js';

test('lines of the usual forms are taken as bytes', () => {
  expect(createScanner()).not.toBeNull();
});

test('where there is no WebAssembly, lines are read all the same', () => {
  const trace = '101 x() = 0\n101 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}, 16) = 0\n';
  const core = new URL('../../dist/index.js', import.meta.url).href;
  const script = `
    import { createStraceDecoder } from ${JSON.stringify(core)};
    const decoder = createStraceDecoder();
    console.log(JSON.stringify([typeof WebAssembly, decoder.push(Buffer.from(${JSON.stringify(trace)})), decoder.counts]));`;
  const output = execFileSync(process.execPath, ['--jitless', '--input-type=module', '-e', script], { encoding: 'utf8' });
  const { events, counts } = decodeText(trace);
  expect(JSON.parse(output)).toEqual(['undefined', JSON.parse(JSON.stringify(events)), counts]);
});
