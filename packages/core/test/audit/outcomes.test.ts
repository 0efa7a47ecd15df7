import { expect, test } from 'vitest';
import { AllowList, analyzeTrace, renderers } from '../../src/index.js';

const to = (port: number): string => `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("127.0.0.1")}, 16)`;
const progress = '-1 EINPROGRESS (Operation now in progress)';

/** What the JSON report says of the events of these lines. */
const outcomesOf = async (...lines: readonly string[]) => {
  const input = async function* () {
    yield Buffer.from(lines.map((line, index) => `7 ${1000 + index}.000000 ${line}\n`).join(''));
  };
  const report = await analyzeTrace(input(), { allowlist: new AllowList(), verbose: true });
  const { events } = JSON.parse(renderers.json.render(report, { verbose: true })) as {
    events: { outcome: string; result: number | null }[];
  };
  return events.map(({ outcome, result }) => [outcome, result]);
};

test.each([
  ['connected', 0, [`connect(3, ${to(80)} = 0`]],
  ['refused', -111, [`connect(3, ${to(80)} = -1 ECONNREFUSED (Connection refused)`]],
  ['timed out', -110, [`connect(3, ${to(80)} = -1 ETIMEDOUT (Connection timed out)`]],
  ['failed', -13, [`connect(3, ${to(80)} = -1 EACCES (Permission denied)`]],
  ['unknown', null, [`connect(3, ${to(80)} = ?`]],
  ['sent', 6, [`sendto(3, "secret", 6, 0, ${to(80)} = 6`]],
  ['in progress', 0, [`connect(3, ${to(80)} = ${progress}`]],
  ['connected', 0, [`connect(3, ${to(80)} = ${progress}`, 'getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0']],
  ['refused', -111, [`connect(3, ${to(80)} = ${progress}`, 'getsockopt(3, SOL_SOCKET, SO_ERROR, [111], [4]) = 0']],
  ['timed out', -110, [`connect(3, ${to(80)} = ${progress}`, 'getsockopt(3, SOL_SOCKET, SO_ERROR, [ETIMEDOUT], [4]) = 0']],
])('a report says %s (%s) of a connection', async (outcome, result, lines) => {
  expect(await outcomesOf(...lines)).toEqual([[outcome, result]]);
});

test('two connects in progress are told apart by their descriptors', async () => {
  const told = (fd: number, error: string): string => `getsockopt(${fd}, SOL_SOCKET, SO_ERROR, [${error}], [4]) = 0`;
  expect(
    await outcomesOf(`connect(3, ${to(80)} = ${progress}`, `connect(4, ${to(80)} = ${progress}`, told(4, '0'), told(3, 'ECONNREFUSED')),
  ).toEqual([
    ['refused', -111],
    ['connected', 0],
  ]);
});
