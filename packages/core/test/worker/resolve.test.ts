import { expect, test } from 'vitest';
import type { Entry } from '../../src/integration/worker/origins.js';
import { resolveOrigin } from '../../src/integration/worker/resolve.js';

const entry = (call: number, ...frames: string[]): Entry => ({
  call,
  host: null,
  stack:
    frames.length === 0 ? null : Object.assign(new Error('x'), { stack: ['Error: x', ...frames.map((at) => `    at ${at}`)].join('\n') }),
});
const resolve = (...entries: Entry[]) => resolveOrigin({ host: 'a.test', entries }, 'w', '/p');

test('the site is the first frame of user code, from the innermost call out', () => {
  const { site, call, frames } = resolve(
    entry(3, 'connect (node:net:1:2)'),
    entry(2),
    entry(1, 'fetch (node:internal/deps/undici/undici:1:2)', 'pay (/p/src/pay.ts:12:9)', '/p/pay.test.ts:5:6'),
    entry(0, 'other (/p/src/other.ts:1:1)'),
  );
  expect([site, call]).toEqual([{ file: 'src/pay.ts', line: 12, column: 9, function: 'pay' }, 'w:1']);
  expect(frames.map(({ path, line }) => `${path}:${line}`)).toEqual(['/p/src/pay.ts:12', '/p/pay.test.ts:5']);
});

test('the package is the one that user code called, not what that uses', () => {
  const sdk = resolve(
    entry(2, 'get (/p/node_modules/follow/i.js:1:2)'),
    entry(
      1,
      'get (/p/node_modules/client/i.js:1:2)',
      'send (/p/node_modules/sdk/i.js:3:4)',
      'pay (/q/pay.ts:1:2)',
      'x (/p/node_modules/y/i.js:1:1)',
    ),
  );
  expect(sdk).toMatchObject({ package: 'sdk', site: { file: '/q/pay.ts' } });
  expect(resolve(entry(1, 'pay (/p/pay.ts:1:2)', 'x (/p/node_modules/y/i.js:1:1)')).package).toBeNull();
});

test('without a frame of user code there is the package alone, or nothing', () => {
  expect(resolve(entry(2, 'f (/p/node_modules/sdk/i.js:1:2)'), entry(1))).toMatchObject({ site: null, package: 'sdk', frames: [] });
  expect(resolve(entry(1, 'f (node:net:1:2)'))).toEqual({ call: 'w:1', host: 'a.test', site: null, package: null, frames: [] });
});
