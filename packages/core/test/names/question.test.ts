import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readQuestion } from '../../src/names/question.js';

const label = fc.uint8Array({ minLength: 1, maxLength: 63 });
const labels = fc.array(label, { maxLength: 5 }).filter((all) => all.reduce((sum, each) => sum + each.length + 1, 1) <= 255);

/** A message as RFC 1035 §4.1 writes it. */
const messageOf = ({ name = [] as readonly Uint8Array[], type = 1, flags = 0x0100, count = 1, rest = new Uint8Array() }) =>
  Buffer.concat([
    Buffer.from([0xab, 0xcd, flags >> 8, flags & 0xff, count >> 8, count & 0xff, 0, 0, 0, 0, 0, 0]),
    ...name.map((each) => Buffer.concat([Buffer.from([each.length]), each])),
    Buffer.from([0, type >> 8, type & 0xff, 0, 1]),
    rest,
  ]);

/** The labels of a name in presentation format. */
const labelsOf = (name: string): Uint8Array[] =>
  name === '.'
    ? []
    : name
        .split(/(?<!(?<!\\)(?:\\\\)*\\)\./)
        .map((text) =>
          Buffer.from(
            [...text.matchAll(/\\(\d{3})|\\?(.)/g)].map(([, code, char]) =>
              code === undefined ? (char ?? '').charCodeAt(0) : Number(code),
            ),
          ),
        );

const example = [Buffer.from('api'), Buffer.from('example'), Buffer.from('test')];

describe('the question of a query', () => {
  test('is its name, whatever bytes it has, and its type, whatever follows', () => {
    fc.assert(
      fc.property(labels, fc.integer({ min: 0, max: 0xffff }), fc.uint8Array(), (name, type, rest) => {
        const question = readQuestion(messageOf({ name, type, rest }));
        expect(question?.name).toMatch(/^[\x21-\x7e]+$/);
        expect(labelsOf(question?.name ?? '').map((each) => [...each])).toEqual(name.map((each) => [...each]));
      }),
    );
  });

  it.each([
    [1, 'A'],
    [28, 'AAAA'],
    [12, 'PTR'],
    [65, 'HTTPS'],
    [65280, 'TYPE65280'],
  ])('of type %i is %s', (type, expected) => {
    expect(readQuestion(messageOf({ name: example, type }))).toEqual({ name: 'api.example.test', type: expected });
  });

  test('that is cut anywhere is none', () => {
    const whole = messageOf({ name: example });
    for (let length = 0; length < whole.length; length += 1) expect(readQuestion(whole.subarray(0, length)), `${length} bytes`).toBeNull();
  });
});

describe('no question is read', () => {
  it.each<[string, Uint8Array]>([
    ['from an answer', messageOf({ name: example, flags: 0x8180 })],
    ['from an update (RFC 2136)', messageOf({ name: example, flags: 0x2800 })],
    ['from a query without one', messageOf({ name: example, count: 0 })],
    ['from a query of several', messageOf({ name: example, count: 2 })],
    ['from a name that points to another', Buffer.concat([messageOf({}).subarray(0, 12), Buffer.from([0xc0, 0x0c, 0, 1, 0, 1])])],
    ['from a name of more than 255 bytes', messageOf({ name: Array.from({ length: 5 }, () => Buffer.alloc(60, 'x')) })],
  ])('%s', (_, message) => {
    expect(readQuestion(message)).toBeNull();
  });

  test('or at worst some, from any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.uint8Array({ maxLength: 300 }), (bytes, name) => {
        readQuestion(bytes);
        readQuestion(Buffer.concat([messageOf({}).subarray(0, 12), name]));
      }),
    );
  });
});
