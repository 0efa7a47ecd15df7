import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AllowList, loadDomains, policyText, type Report, reportFromJson, suggestPolicy } from '../../src/index.js';
import { fixturesOf } from '../golden.js';

const base = reportFromJson(readFileSync(join(fixturesOf('reporters'), 'one-violation', 'expected.json'), 'utf8'), 'r');

type Seen = { readonly test: string; readonly addr: string; readonly port: number; readonly host?: string };

const report = (seen: readonly Seen[], argv: readonly string[] = []): Report => ({
  ...base,
  command: { argv, exitCode: 0, signal: null },
  violations: seen.map(({ test: name, addr, port, host }, index) => ({
    ...{ id: `v-0000000${index}`, family: addr.includes(':') ? 'AF_INET6' : 'AF_INET', addr, port, count: 2, pids: [7], firstTimestamp: 1 },
    ...{ suggestedRule: null, host: host ?? null, names: host === undefined ? [] : [{ name: host, source: 'dns' as const }], attempts: [] },
    scopes: [
      {
        ...{ scope: { id: name, kind: 'test' as const, file: 'a.test.ts', names: [name] }, method: 'lineage' as const, candidates: [] },
        ...{ timing: null, count: 2, processes: [], origins: [], ...(host !== undefined && { hosts: [host] }) },
      },
    ],
  })),
});

const textOf = async (...reports: Report[]): Promise<string> => policyText(suggestPolicy(reports, await loadDomains()));

test('hosts come by their registrable domain, then addresses, each with its tests and in how many runs', async () => {
  const text = await textOf(
    report([
      { test: 'one', addr: '203.0.113.80', port: 443, host: 'api.shop.co.uk' },
      { test: 'one', addr: '203.0.113.7', port: 5432 },
      { test: 'two', addr: '203.0.113.81', port: 443, host: 'shop.co.uk' },
    ]),
    report([{ test: 'two', addr: '203.0.113.80', port: 443, host: 'api.shop.co.uk' }]),
  );
  expect(text).toBe(`# yaml-language-server: $schema=./node_modules/@netaudit/core/schema/netaudit.json
# Suggested by netaudit from 2 runs. Read each entry: it allows what tests did, not what they should do.
version: 1
allowlist:
  # == shop.co.uk
  # 4 connections, in 2 of 2 runs, by
  #   a.test.ts > one  (1 of 2)
  #   a.test.ts > two  (1 of 2)
  - name: "api.shop.co.uk:443"
    host: api.shop.co.uk
    port: 443
  # 2 connections, in 1 of 2 runs, by
  #   a.test.ts > two  (1 of 2)
  - name: "shop.co.uk:443"
    host: shop.co.uk
    port: 443
  # 2 connections, in 1 of 2 runs, by
  #   a.test.ts > one  (1 of 2)
  - name: "203.0.113.7:5432"
    family: AF_INET
    addr: "203.0.113.7"
    port: 5432
`);
  expect(AllowList.fromYaml(text, 's.yaml').ownRules).toHaveLength(3);
});

test('four hosts of one domain, and four addresses of one network at the same port, are one entry each', async () => {
  const hosts = ['a', 'b', 'c', 'd'].map((name) => ({ test: 't', addr: '203.0.113.80', port: 443, host: `${name}.example.com` }));
  const four = [17, 18, 20, 22].map((last) => ({ test: 't', addr: `198.51.100.${last}`, port: 80 }));
  const six = ['1', '2', '3', 'f'].map((last) => ({ test: 't', addr: `2001:db8::${last}`, port: 80 }));
  const text = await textOf(report([...hosts, { test: 't', addr: '203.0.113.80', port: 80, host: 'example.com' }, ...four, ...six]));
  expect(text.match(/^ {2}- name: .*|^ {4}(host|cidr|port): .*/gm)).toEqual([
    ...['  - name: "example.com:80"', '    host: example.com', '    port: 80'],
    ...['  - name: "*.example.com:443"', '    host: "*.example.com"', '    port: 443'],
    ...['  - name: "198.51.100.16/29:80"', '    cidr: "198.51.100.16/29"', '    port: 80'],
    ...['  - name: "2001:db8::/124:80"', '    cidr: "2001:db8::/124"', '    port: 80'],
  ]);
  expect(text).toContain('# to a.example.com, b.example.com, c.example.com, d.example.com\n');
});

test('a name of somebody else below a shared domain is a domain of its own', async () => {
  const hosts = ['a', 'b', 'c', 'd'].map((name) => ({ test: 't', addr: '203.0.113.80', port: 443, host: `${name}.github.io` }));
  expect(await textOf(report(hosts))).not.toContain('*.github.io');
});

test('a port that systems hand out becomes their range', async () => {
  expect(await textOf(report([{ test: 't', addr: '203.0.113.7', port: 40_001 }]))).toContain('    port: "32768-65535"\n');
});

test('the shards of a run are one run', async () => {
  const seen = [{ test: 't', addr: '203.0.113.7', port: 80 }];
  const text = await textOf(
    report(seen, ['--shard=1/2']),
    report([], ['--shard=2/2']),
    report([], ['--shard=1/2']),
    report([], ['--shard=2/2']),
  );
  expect(text).toContain('# 2 connections, in 1 of 2 runs, by\n');
});

test('what is not allowed whatever a rule says is told, and no rule is suggested', async () => {
  const [denied] = report([{ test: 't', addr: '203.0.113.7', port: 80 }]).violations;
  const text = await textOf({ ...base, violations: [{ ...denied!, deniedBy: ['no telemetry'] }] });
  expect(text).toContain('# No rule can allow: 203.0.113.7:80, which no telemetry denies\nversion: 1\nallowlist: []\n');
});

test('a name that could break out of its comment or its line does not', async () => {
  const text = await textOf(report([{ test: 'x\n- family: AF_NETLINK\u2028', addr: '203.0.113.7', port: 80 }]));
  expect(AllowList.fromYaml(text, 's.yaml').ownRules).toHaveLength(1);
});
