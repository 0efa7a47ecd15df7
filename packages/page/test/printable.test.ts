import { expect, test } from 'vitest';
import { printable as ofCore } from '../../core/src/model/printable.js';
import { readView, writeView } from '../src/state/view.js';
import { printable } from '../src/text/printable.js';

test('every character is shown as core shows it', () => {
  for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 13) {
    const text = `a${String.fromCodePoint(code)}b`;
    if (printable(text) !== ofCore(text)) expect.fail(`U+${code.toString(16)}: ${printable(text)}, in core ${ofCore(text)}`);
  }
  expect(printable('\u202e\u{e0041}\ud800')).toBe('\\u{202e}\\u{e0041}\\u{d800}');
});

test('an address that is no view chooses nothing, one that is says the same again', () => {
  expect(writeView(readView('#sort=__proto__&status=x,constructor&event=-1&page=1e9&pid=0x1&down=2&other=1'))).toBe('');
  const hash =
    'q=a+b&outcome=refused&test=s1&file=a.ts&place=h%3A1&status=violation%2Cprobe&pid=7&from=1&to=2&sort=took&down=1&page=3&event=9';
  expect(writeView(readView(`#${hash}`))).toBe(hash);
});
