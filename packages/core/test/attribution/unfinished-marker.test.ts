import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { MarkerAssembler } from '../../src/attribution/assemble.js';
import { encodeMarker, type Marker, runName } from '../../src/model/marker.js';

const nonce = '0123456789abcdef0123456789abcdef';
const marker: Marker = { at: 1, messages: [{ kind: 'notice', text: randomBytes(6000).toString('base64') }] };

/** The threads that left a marker unfinished; `thread` takes so many pieces of the marker with this number. */
const assembling = () => {
  const unfinished: number[] = [];
  const assembler = new MarkerAssembler(runName(nonce), (tid) => void unfinished.push(tid));
  const write = (tid: number, id: number, pieces: number): unknown[] =>
    encodeMarker(nonce, id, marker)
      .slice(0, pieces)
      .map((path) => assembler.add(tid, path));
  return { unfinished, assembler, write };
};

test('a marker is longer than one path', () => {
  expect(encodeMarker(nonce, 1, marker).length).toBeGreaterThan(2);
});

test('a thread that ends in the middle of a marker is told of', () => {
  const { unfinished, assembler, write } = assembling();
  expect(write(7, 1, 2)).toEqual(['pending', 'pending']);
  expect(write(8, 1, 9).at(-1)).toEqual(marker);
  assembler.end(8);
  assembler.end(7);
  assembler.finish();
  expect(unfinished).toEqual([7]);
});

test('a thread that begins another one in the middle of a marker is told of, and the other one is read', () => {
  const { unfinished, write } = assembling();
  write(7, 1, 1);
  expect(write(7, 2, 9).at(-1)).toEqual(marker);
  expect(unfinished).toEqual([7]);
});

test('a trace that ends in the middle of a marker is told of', () => {
  const { unfinished, assembler, write } = assembling();
  write(7, 1, 2);
  assembler.finish();
  expect(unfinished).toEqual([7]);
});
