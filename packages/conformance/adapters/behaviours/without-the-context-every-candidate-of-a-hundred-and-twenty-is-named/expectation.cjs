const numbers = Array.from({ length: 120 }, (_, number) => number);
const titleOf = (number) => `file${Math.floor(number / 40)}.test > number ${number}`;

module.exports = {
  exitCode: 1,
  verdict: 'violations',
  among: {
    ...Object.fromEntries(
      [10, 11, 12, 13, 14].flatMap((host) => numbers.map((number) => [`203.0.113.${host}:${7000 + number}`, [titleOf(number)]])),
    ),
    '192.0.2.53:53': numbers.map(titleOf),
  },
};
