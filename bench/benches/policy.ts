import { AllowList } from '../../packages/core/dist/index.js';
import type { Bench } from '../bench.js';
import { spread } from '../statistics.js';

/** What one decision takes. */
export const policy: Bench = {
  what: 'decisions on many destinations by a policy of 1,000 rules',
  table: async ({ rounds }) => {
    const count = 100_000;
    const rows = [...kinds, inTurn].map(({ name, rule, call }) => {
      const rules = Array.from({ length: 1000 }, (_, n) => rule(2 * n)).join('');
      const allowlist = AllowList.fromYaml(`version: 1\nincludes_builtins: false\nallowlist:\n${rules}`, 'policy.yaml');
      const calls = Array.from({ length: count }, (_, n) => call((n * 7919) % 2000, Math.floor(n / 2000)));
      const taken = Array.from({ length: rounds + 1 }, () => time(() => calls.forEach((one) => void allowlist.judge(one, [])), count));
      const of = (key: keyof Taken): string =>
        spread(
          taken.slice(1).map((one) => one[key]),
          2,
        );
      return `| ${name} | ${of('wall')} | ${of('cpu')} | ${rounds} |`;
    });
    return [
      `| 1,000 rules, ${count.toLocaleString('en')} destinations, half of them allowed | µs a decision | µs of CPU | rounds |`,
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  },
};

type Call = Parameters<AllowList['judge']>[0];

const callTo = (addr: string, names: readonly string[] = []): Call => ({
  ...{ family: addr.includes(':') ? 'AF_INET6' : 'AF_INET', addr, port: 443, transport: 'tcp', names },
  ...{ served: undefined, ts: Date.now() * 1000, process: { pid: 1, argv: ['node'] } },
});

/** There are rules for even numbers below 2,000, and calls to each of the numbers, at many places `k` of its block. */
type Kind = {
  readonly name: string;
  readonly rule: (n: number) => string;
  readonly call: (n: number, k: number) => Call;
};

const kinds: readonly Kind[] = [
  {
    name: 'IPv4 networks',
    rule: (n) => `  - { family: AF_INET, cidr: 10.${n >> 8}.${n & 255}.0/24, port: 443 }\n`,
    call: (n, k) => callTo(`10.${n >> 8}.${n & 255}.${k}`),
  },
  {
    name: 'IPv6 networks',
    rule: (n) => `  - { family: AF_INET6, cidr: "2001:db8:${n.toString(16)}::/48", port: 443 }\n`,
    call: (n, k) => callTo(`2001:db8:${n.toString(16)}::${k.toString(16)}`),
  },
  {
    name: 'hosts, half of them `*.`',
    rule: (n) => `  - { host: "${n % 4 ? '*.' : ''}host-${n}.example.test", port: 443 }\n`,
    call: (n, k) => callTo(`192.0.${n & 255}.${k}`, [`${n % 4 ? `${k}.` : ''}host-${n}.example.test`]),
  },
  {
    name: 'paths of sockets',
    rule: (n) => `  - { family: AF_UNIX, path_glob: "/run/service-${n}/*.sock" }\n`,
    call: (n, k) => ({ ...callTo(''), family: 'AF_UNIX', addr: `/run/service-${n}/${k}.sock`, port: null, transport: null }),
  },
];

const kindOf = (n: number): Kind => kinds[(n >> 1) % kinds.length] as Kind;

const inTurn: Kind = { name: 'all of these, a quarter each', rule: (n) => kindOf(n).rule(n), call: (n, k) => kindOf(n).call(n, k) };

type Taken = { readonly wall: number; readonly cpu: number };

/** µs for one of `count`. CPU is that of the whole process, compiler and garbage collector included. */
const time = (work: () => void, count: number): Taken => {
  const [begin, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { wall: ((performance.now() - begin) * 1000) / count, cpu: (user + system) / count };
};
