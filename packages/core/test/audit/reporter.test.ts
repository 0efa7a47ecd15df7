import { expect, test } from 'vitest';
import { AllowList, IPv4Rule, Reporter } from '../../src/index.js';
import { connectEvent } from '../judged-event.js';

const events = [
  connectEvent({ to: ['AF_INET', '127.0.0.1', 80] }),
  connectEvent({ to: ['AF_INET', '93.184.216.34', 443], pid: 7, ts: 2_000_000 }),
  connectEvent({ to: ['AF_INET', '93.184.216.34', 443], pid: 5, ts: 1_000_000 }),
  connectEvent({ to: ['AF_INET', '10.0.0.1', 5432], ts: 3_000_000 }),
];
const allowlist = new AllowList([new IPv4Rule('10.0.0.0/8', { name: 'inside' })]);

test('check returns what no rule allows, grouped', () => {
  expect(new Reporter().check(events, allowlist)).toMatchObject([
    {
      family: 'AF_INET',
      addr: '93.184.216.34',
      port: 443,
      count: 2,
      pids: [5, 7],
      firstTimestamp: 1,
      suggestedRule: expect.stringContaining('addr: "93.184.216.34"'),
    },
  ]);
});

test('format returns the text of the last check and writes it', () => {
  const reporter = new Reporter();
  const written: string[] = [];
  reporter.check(events, allowlist);
  const text = reporter.format({ write: (part) => written.push(part) });
  expect(text).toContain('  AF_INET 93.184.216.34:443 (count=2, pids=[5, 7])  v-');
  expect(written).toEqual([`${text}\n`]);
  reporter.check([], allowlist);
  expect(reporter.format()).toBe('netaudit: no violations');
});

test('formatJson has the violations, and the events when verbose', () => {
  const reporter = new Reporter();
  reporter.check(events, allowlist);
  expect(JSON.parse(reporter.formatJson())).toMatchObject({
    verdict: 'violations',
    exitCode: 1,
    summary: { total: 1 },
    violations: [{ count: 2 }],
  });
  expect(JSON.parse(reporter.formatJson())).not.toHaveProperty('events');
  expect(JSON.parse(reporter.formatJson({ verbose: true }))).toMatchObject({
    events: [
      { addr: '127.0.0.1', status: 'allowed', rule: 'loopback (IPv4)' },
      { status: 'violation', rule: null },
      { status: 'violation', rule: null },
      { addr: '10.0.0.1', status: 'allowed', rule: 'inside' },
    ],
  });
});
