import { describe, expect, test } from 'vitest';
import type { DnsEvent, DnsRecord } from '../../src/model/event.js';
import { AnsweredNames } from '../../src/names/answered.js';

const event = (name: string, rest: Partial<DnsEvent> = {}): DnsEvent => ({
  ...{ source: 'test', seq: 0, ts: 0, pid: 1, tid: 1, kind: 'dns', question: { name, type: 'A' }, exchange: 'udp 192.0.2.53 1' },
  server: { family: 'AF_INET', addr: '192.0.2.53', port: 53, transport: 'udp' },
  ...rest,
});
const answer = (records: readonly DnsRecord[]): Pick<DnsEvent, 'answer'> => ({
  answer: { status: 'NOERROR', truncated: false, cut: false, records },
});
const a = (name: string, addr: string): DnsRecord => ({ name, ttl: 5, type: 'A', addr });

const told = (...events: readonly DnsEvent[]): AnsweredNames => {
  const names = new AnsweredNames();
  for (const each of events) names.apply(each);
  return names;
};
const asked = (name: string, records: readonly DnsRecord[], rest: Partial<DnsEvent> = {}): DnsEvent[] => [
  event(name, rest),
  event(name, { ...rest, ...answer(records) }),
];

describe('the names of an address', () => {
  test('are those that the same process asked for, the last one answered first', () => {
    const names = told(...asked('one.test', [a('one.test', '203.0.113.10')]), ...asked('Two.test', [a('two.test', '203.0.113.10')]));
    expect(names.of(1, '203.0.113.10')).toEqual(['two.test', 'one.test']);
    expect(names.of(1, '::ffff:203.0.113.10')).toEqual(['two.test', 'one.test']);
    expect(names.of(2, '203.0.113.10')).toEqual([]);
    expect(names.of(1, null)).toEqual([]);
  });

  test('come by way of aliases, and of addresses in service bindings', () => {
    const records: DnsRecord[] = [
      a('edge.cdn.test', '203.0.113.11'),
      { name: 'www.test', ttl: 5, type: 'CNAME', target: 'Edge.cdn.test' },
      { name: 'edge.cdn.test', ttl: 5, type: 'CNAME', target: 'www.test' },
      a('other.test', '203.0.113.12'),
    ];
    const service: DnsRecord = { name: '_8443._https.www.test', ttl: 5, type: 'HTTPS', target: '.', hints: ['203.0.113.13'] };
    const names = told(
      ...asked('www.test', records),
      ...asked('_8443._https.www.test', [service], { question: { name: '_8443._https.www.test', type: 'HTTPS' } }),
    );
    expect(['11', '12', '13'].map((last) => names.of(1, `203.0.113.${last}`))).toEqual([['www.test'], [], ['www.test']]);
  });

  test.each<[string, Partial<DnsEvent>]>([
    ['another server', { exchange: 'udp 127.0.0.1 1' }],
    ['another id', { exchange: 'udp 192.0.2.53 2' }],
    ['another transport', { exchange: 'tcp 192.0.2.53 1' }],
    ['another process', { pid: 2 }],
    ['another type', { question: { name: 'one.test', type: 'AAAA' } }],
    ['another name', { question: { name: 'two.test', type: 'A' } }],
  ])('are not taken from an answer that has %s than the question', (_, rest) => {
    const records = [a('one.test', '203.0.113.10'), a('two.test', '203.0.113.10')];
    const names = told(event('one.test'), event('one.test', { ...rest, ...answer(records) }));
    expect([...names.of(1, '203.0.113.10'), ...names.of(2, '203.0.113.10')]).toEqual([]);
  });

  test('are not taken from a second answer, nor from one before the question', () => {
    const late = told(...asked('one.test', []), event('one.test', answer([a('one.test', '203.0.113.10')])));
    const early = told(event('one.test', answer([a('one.test', '203.0.113.10')])), event('one.test'));
    expect([...late.of(1, '203.0.113.10'), ...early.of(1, '203.0.113.10')]).toEqual([]);
  });

  test('end with their process', () => {
    const names = told(...asked('one.test', [a('one.test', '203.0.113.10')]));
    names.apply({ source: 'test', seq: 0, ts: 0, pid: 1, tid: 1, kind: 'exit', code: 0, signal: null });
    expect(names.of(1, '203.0.113.10')).toEqual([]);
  });
});
