import { expect, test } from 'vitest';
import { AllowList } from '../../src/allowlist/allowlist.js';
import { Pipeline } from '../../src/audit/pipeline.js';
import { Findings } from '../../src/findings/findings.js';
import { findingLevels } from '../../src/model/finding.js';
import { encodeMarker } from '../../src/model/marker.js';

const nonce = '0123456789abcdef0123456789abcdef';
const second = 1e6;

/** What is told of the clock, where one thread writes markers at these times, in seconds. */
const told = (...times: readonly number[]): string[] => {
  const pipeline = new Pipeline({ allowlist: new AllowList(), nonce, keepAll: false, findings: new Findings(findingLevels) }, null);
  for (const [seq, time] of times.entries()) {
    const ts = time * second;
    for (const path of encodeMarker(nonce, seq, { at: ts, messages: [{ kind: 'hello', worker: 'w' }] }))
      pipeline.push({ source: 'test', seq, ts, pid: 1, tid: 1, kind: 'marker', path });
  }
  return pipeline.gaps.list.map(({ reason }) => /set back by ([\d.]+) s/.exec(reason)?.[1] ?? reason);
};

test('a clock that is set back is told once, though all that follows is behind', () => {
  expect(told(10_000, 6400, 6401, 6402)).toEqual(['3600.0']);
});

test('a clock that is set back further is told again', () => {
  expect(told(10_000, 6400, 6401, 3000)).toEqual(['3600.0', '7000.0']);
});
