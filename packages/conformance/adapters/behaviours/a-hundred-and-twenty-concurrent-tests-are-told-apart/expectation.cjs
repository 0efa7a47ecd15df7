const numbers = Array.from({ length: 120 }, (_, number) => number);
const titleOf = (number, suite) => `file${Math.floor(number / 40)}.test > ${suite ? `${suite} > ` : ''}number ${number}`;
const owned = (suite) => (number) => ({ owner: titleOf(number, suite), method: 'context', timing: null, count: 1 });

const ownersIn = (suite) => ({
  ...Object.fromEntries(
    [10, 11, 12, 13, 14].flatMap((host) => numbers.map((number) => [`203.0.113.${host}:${7000 + number}`, [owned(suite)(number)]])),
  ),
  '192.0.2.53:53': numbers.map(owned(suite)),
});

module.exports = {
  expect: { exitCode: 1, verdict: 'violations', passed: 0, failed: numbers.map((number) => `number ${number}`), owners: ownersIn(null) },
  differs: {
    'node-test': {
      because: 'tests run side by side within a suite only',
      failed: numbers.map((number) => `together number ${number}`),
      owners: ownersIn('together'),
    },
  },
};
