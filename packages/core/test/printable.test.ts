import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../src/index.js';
import { printableJson, printableLines } from '../src/model/printable.js';

test.each([
  ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
  ['\u009b31m', '\\u{9b}31m'],
  ['one\ntwo\r\tthree', 'one\\u{a}two\\u{d}\\u{9}three'],
  ['\u007f\u0000', '\\u{7f}\\u{0}'],
  ['user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
  ['\u2066\u2069\u200e\u200f\u061c', '\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{61c}'],
  ['\u2028\u2029\ufeff', '\\u{2028}\\u{2029}\\u{feff}'],
  ['\u{e0041}', '\\u{e0041}'],
  ['api\u200b.exa\u00admple\u2060', 'api\\u{200b}.exa\\u{ad}mple\\u{2060}'],
  ['\ud800x', '\\u{d800}x'],
  ['日本 é ✅ 👨‍👩‍👧 \\u{1b}', '日本 é ✅ 👨‍👩‍👧 \\u{1b}'],
])('%j is shown as %s', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('lines stay lines where they are meant to', () => {
  expect(printableLines('a\u001b\nb')).toBe('a\\u{1b}\nb');
});

test('JSON keeps its value and loses its control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = printableJson(JSON.stringify({ text: `${text}\u009b\u202e\u{e0041}` }, null, 2));
      expect(JSON.parse(json)).toEqual({ text: `${text}\u009b\u202e\u{e0041}` });
      expect(printableLines(json)).toBe(json);
    }),
  );
});
