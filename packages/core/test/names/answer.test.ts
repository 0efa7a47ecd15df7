import { encode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readNames } from '../../src/names/read.js';

const read = (message: Buffer, cut = false) => readNames('dns', message, cut);

const answerOf = (answers: object[], flags = 0, question = { name: 'www.example.test', type: 'A' }): Buffer =>
  encode({ type: 'response', id: 0xabcd, flags, questions: [question], answers } as Parameters<typeof encode>[0]);

const chain = answerOf([
  { name: 'www.example.test', type: 'CNAME', ttl: 300, data: 'edge.cdn.test' },
  { name: 'edge.cdn.test', type: 'A', ttl: 20, data: '203.0.113.10' },
  { name: 'edge.cdn.test', type: 'AAAA', ttl: 20, data: '2001:db8::10' },
  { name: 'edge.cdn.test', type: 'TXT', ttl: 20, data: 'not an address' },
]);

describe('an answer', () => {
  test('has its question, its status and the records that lead to addresses, with their TTL', () => {
    expect(read(chain)).toEqual({
      id: 0xabcd,
      question: { name: 'www.example.test', type: 'A' },
      answer: {
        ...{ status: 'NOERROR', truncated: false, cut: false },
        records: [
          { name: 'www.example.test', type: 'CNAME', ttl: 300, target: 'edge.cdn.test' },
          { name: 'edge.cdn.test', type: 'A', ttl: 20, addr: '203.0.113.10' },
          { name: 'edge.cdn.test', type: 'AAAA', ttl: 20, addr: '2001:db8::10' },
        ],
      },
    });
  });

  it.each([
    [0x0003, 'NXDOMAIN', false],
    [0x0002, 'SERVFAIL', false],
    [0x0005, 'REFUSED', false],
    [0x000c, 'RCODE12', false],
    [0x0200, 'NOERROR', true],
  ])('with the flags %i is %s, truncated: %s', (flags, status, truncated) => {
    expect(read(answerOf([], flags))?.answer).toEqual({ status, truncated, cut: false, records: [] });
  });

  test('that is cut anywhere has the records that are whole, and says so', () => {
    const found = Array.from({ length: chain.length }, (_, length) => read(chain.subarray(0, length), true)?.answer ?? null);
    expect(found.every((answer) => answer === null || answer.cut)).toBe(true);
    const counts = found.map((answer) => answer?.records.length ?? -1);
    expect(counts.toSorted((one, other) => one - other)).toEqual(counts);
    expect([...new Set(counts)]).toEqual([-1, 0, 1, 2, 3]);
  });

  test('may be a service binding with addresses in it (RFC 9460)', () => {
    const data = Buffer.from('0001000001000302683200040004cb00710a0006001020010db8000000000000000000000010', 'hex');
    const message = answerOf([{ name: 'www.example.test', type: 'UNKNOWN_65', ttl: 60, data }], 0, {
      name: 'www.example.test',
      type: 'UNKNOWN_65',
    });
    expect(read(message)?.answer?.records).toEqual([
      { name: 'www.example.test', type: 'HTTPS', ttl: 60, target: '.', hints: ['203.0.113.10', '2001:db8::10'] },
    ]);
  });

  test('of which an address has another length gives what comes before it', () => {
    const broken = Buffer.from(chain);
    broken.writeUInt16BE(3, broken.indexOf(Buffer.from([0, 4, 203, 0, 113, 10])));
    expect(read(broken)?.answer).toMatchObject({ cut: true, records: [{ type: 'CNAME' }] });
  });

  test('never throws, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(chain.length), (bytes, at) => {
        read(Buffer.from(bytes));
        read(Buffer.concat([chain.subarray(0, at), bytes]));
      }),
    );
  });
});

describe('systemd-resolved', () => {
  const resolved = (value: object, end = '\0') => readNames('resolved', Buffer.from(JSON.stringify(value) + end), false);

  test('is asked by varlink', () => {
    const call = { method: 'io.systemd.Resolve.ResolveHostname', parameters: { name: 'api.example.test', flags: 0 } };
    expect(resolved(call)?.question).toEqual({ name: 'api.example.test', type: 'A+AAAA' });
    expect(resolved({ ...call, parameters: { ...call.parameters, family: 2 } })?.question?.type).toBe('A');
    expect(resolved(call, '')).toBeNull();
    expect(resolved({ ...call, method: 'io.systemd.Resolve.ResolveAddress' })).toBeNull();
  });

  test('answers with addresses, or an error', () => {
    const addresses = [
      { ifindex: 2, family: 2, address: [203, 0, 113, 10] },
      { ifindex: 2, family: 10, address: [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16] },
      { ifindex: 2, family: 2, address: [300, 0, 113, 10] },
    ];
    expect(resolved({ parameters: { addresses, name: 'edge.cdn.test', flags: 1 } })?.answer?.records).toEqual([
      { name: '', ttl: null, type: 'A', addr: '203.0.113.10' },
      { name: '', ttl: null, type: 'AAAA', addr: '2001:db8::10' },
    ]);
    expect(resolved({ error: 'io.systemd.Resolve.DNSError', parameters: { rcode: 3 } })?.answer?.status).toBe('NXDOMAIN');
    expect(resolved({ error: 'io.systemd.Resolve.NoNameServers', parameters: {} })?.answer?.status).toBe('NoNameServers');
  });
});

describe('nscd', () => {
  const request = (version: number, type: number, key: string) =>
    readNames('nscd', Buffer.concat([new Uint8Array(new Int32Array([version, type, key.length]).buffer), Buffer.from(key)]), false);

  test('is asked for the addresses of a name', () => {
    expect(request(2, 14, 'api.example.test\0')).toEqual({ id: 0, question: { name: 'api.example.test', type: 'A+AAAA' }, answer: null });
    expect(request(2, 0, 'root\0')).toBeNull();
    expect(request(1, 14, 'api.example.test\0')).toBeNull();
    expect(request(2, 14, 'two words\0')).toBeNull();
  });
});
