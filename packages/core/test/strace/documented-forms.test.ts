import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { decodeText } from './decode-text.js';

type Form = { readonly form: string; readonly line: string; readonly expect: { readonly kind: string } };

const file = new URL('../../../../fixtures/strace/documented-forms/forms.json', import.meta.url);
const forms: readonly Form[] = JSON.parse(readFileSync(file, 'utf8'));

test.each(forms)('$expect.kind: $form', ({ line, expect: expected }) => {
  const { events, counts } = decodeText(Buffer.from(`${line}\n`));
  if (expected.kind === 'ignored') {
    expect({ events, counts }).toEqual({ events: [], counts: { lines: 1, ignored: 1 } });
  } else {
    expect(events).toEqual([expect.objectContaining(expected)]);
    expect(counts).toEqual({ lines: 1, ignored: 0 });
  }
});
