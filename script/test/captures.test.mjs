import { expect, test } from 'vitest';
import { steady } from '../captures/example.mjs';
import { terminalSvg } from '../captures/terminal-svg.mjs';

test('a piece of a terminal stands at its column, in its colour, also where the colour goes on over the end of a line', () => {
  const svg = terminalSvg('ok \u001b[31mred\n  too\u001b[39m much \u001b[31m!', 'a title');
  expect(
    [...svg.matchAll(/<text x="([\d.]+)" y="(\d+)" textLength="([\d.]+)"( fill="#ff7b72")?>([^<]*)/g)].map((match) => match.slice(1)),
  ).toEqual([
    ['14.0', '27', '15.6', undefined, 'ok'],
    ['37.4', '27', '23.4', ' fill="#ff7b72"', 'red'],
    ['29.6', '45', '23.4', ' fill="#ff7b72"', 'too'],
    ['60.8', '45', '31.2', undefined, 'much'],
    ['99.8', '45', '7.8', ' fill="#ff7b72"', '!'],
  ]);
});

test('what a program prints is text in the picture, and nothing else', () => {
  const svg = terminalSvg('<script>alert(1)</script> & "more"', '"><img src=x>');
  expect(svg).not.toMatch(/<script|<img/);
  expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('two runs are compared without their times, pids and order', () => {
  expect(steady('b (pid 12) 3ms\na')).toBe(steady('a\nb (pid 9) 250ms'));
  expect(steady('a (pid 12)')).not.toBe(steady('b (pid 12)'));
});
