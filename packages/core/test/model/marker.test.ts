import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeMarker, decodePiece, encodeMarker, type Marker } from '../../src/model/marker.js';

const nonce = 'ab'.repeat(16);
const stamps = (count: number): Marker => ({
  at: 5,
  messages: Array.from({ length: count }, (_, at) => ({
    kind: 'stamp',
    scope: `["test","ü/${at}.test.ts","does ${'it '.repeat(9)}"]`,
    open: true,
    at,
  })),
});

const roundTrip = (marker: Marker) => {
  const paths = encodeMarker(nonce, 7, marker);
  const pieces = paths.map((path) => decodePiece(path));
  return { paths, pieces, read: decodeMarker(pieces.map((piece) => piece?.text ?? '')) };
};

test.each([0, 1, 30, 256, 20_000])('a marker of %i messages is read back, in paths that the kernel takes', (count) => {
  const { paths, pieces, read } = roundTrip(stamps(count));
  expect(read).toEqual(stamps(count));
  expect(pieces.map((piece) => piece && [piece.nonce, piece.id, piece.part, piece.parts])).toEqual(
    paths.map((_, part) => [nonce, 7, part, paths.length]),
  );
  for (const path of paths) expect(Buffer.byteLength(path)).toBeLessThan(4096);
});

test('a batch of a thread takes one path', () => {
  expect(encodeMarker(nonce, 1, stamps(256))).toHaveLength(1);
});

test.each([
  ['cut', '~gfhj'],
  ['of another form', '~AAAA'],
  ['twice marked', '~~AAAA'],
  ['that would fill memory', `~${deflateRawSync(Buffer.alloc(200 * 1024 * 1024, ' ')).toString('base64url')}`],
  ['that is no marker', `~${deflateRawSync('{"at":1}').toString('base64url')}`],
])('a deflated text %s is none', (_what, text) => {
  expect(decodeMarker([text])).toBeNull();
});
