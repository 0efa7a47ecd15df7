const numbers = Array.from({ length: 120 }, (_, number) => number);
const titleOf = (number, suite) => `file${Math.floor(number / 40)}.test > ${suite ? `${suite} > ` : ''}number ${number}`;

const amongIn = (suite) => ({
  ...Object.fromEntries(
    [10, 11, 12, 13, 14].flatMap((host) => numbers.map((number) => [`203.0.113.${host}:${7000 + number}`, [titleOf(number, suite)]])),
  ),
  '192.0.2.53:53': numbers.map((number) => titleOf(number, suite)),
});

module.exports = {
  expect: { exitCode: 1, verdict: 'violations', among: amongIn(null) },
  differs: { 'node-test': { because: 'tests run side by side within a suite only', among: amongIn('together') } },
};
