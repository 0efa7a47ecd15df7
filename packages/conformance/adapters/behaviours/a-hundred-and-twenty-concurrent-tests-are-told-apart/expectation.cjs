const numbers = Array.from({ length: 120 }, (_, number) => number);
const titleOf = (number) => `file${Math.floor(number / 40)}.test > number ${number}`;
const owned = (number) => ({ owner: titleOf(number), method: 'context', timing: null, count: 1 });

module.exports = {
  exitCode: 1,
  verdict: 'violations',
  passed: 0,
  failed: numbers.map((number) => `number ${number}`),
  owners: {
    ...Object.fromEntries(
      [10, 11, 12, 13, 14].flatMap((host) => numbers.map((number) => [`203.0.113.${host}:${7000 + number}`, [owned(number)]])),
    ),
    '192.0.2.53:53': numbers.map(owned),
  },
};
