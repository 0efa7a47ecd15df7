import { AllowList } from '../../packages/core/dist/index.js';
import type { Bench } from '../bench.js';
import { spread } from '../statistics.js';

/** What one decision takes. */
export const policy: Bench = {
  what: 'decisions on many destinations by a policy of 1,000 rules',
  table: async ({ rounds, short }) => {
    const count = short ? 10_000 : 100_000;
    const rows = kinds.map(({ name, rule, call }) => {
      const allowlist = AllowList.fromYaml(
        `version: 1\nallowlist:\n${Array.from({ length: 1000 }, (_, n) => rule(n)).join('')}`,
        'policy.yaml',
      );
      const calls = Array.from({ length: count }, (_, n) => call((n * 7919) % 2000));
      const taken = Array.from({ length: rounds + 1 }, () => time(() => calls.forEach((one) => void allowlist.judge(one, [])), count));
      return `| ${name} | ${spread(taken.slice(1), 2)} | ${rounds} |`;
    });
    return [
      `| 1,000 rules, ${count.toLocaleString('en')} destinations, half of them allowed | µs a decision | rounds |`,
      '| --- | --- | --- |',
      ...rows,
    ].join('\n');
  },
};

type Call = Parameters<AllowList['judge']>[0];

const callTo = (family: string, addr: string, names: readonly string[]): Call => ({
  ...{ family, addr, port: 443, transport: 'tcp', names, served: undefined, ts: Date.now() * 1000 },
  process: { pid: 1, argv: ['node'] },
});

/** The rules are for even numbers below 2,000. */
const kinds: readonly { readonly name: string; readonly rule: (n: number) => string; readonly call: (n: number) => Call }[] = [
  {
    name: 'IPv4 networks',
    rule: (n) => `  - { family: AF_INET, cidr: 10.${(2 * n) >> 8}.${(2 * n) & 255}.0/24, port: 443 }\n`,
    call: (n) => callTo('AF_INET', `10.${n >> 8}.${n & 255}.7`, []),
  },
  {
    name: 'IPv6 networks',
    rule: (n) => `  - { family: AF_INET6, cidr: "2001:db8:${(2 * n).toString(16)}::/48", port: 443 }\n`,
    call: (n) => callTo('AF_INET6', `2001:db8:${n.toString(16)}::7`, []),
  },
  {
    name: 'hosts',
    rule: (n) => `  - { host: "host-${2 * n}.example.test", port: 443 }\n`,
    call: (n) => callTo('AF_INET', `192.0.2.${n & 255}`, [`host-${n}.example.test`]),
  },
];

/** µs for one of `count`. */
const time = (work: () => void, count: number): number => {
  const begin = performance.now();
  work();
  return ((performance.now() - begin) * 1000) / count;
};
