import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressWords } from '../../src/allowlist/address-words.js';
import { OwnServers, PolicyRule } from '../../src/allowlist/policy-rule.js';
import type { Call } from '../../src/allowlist/rule.js';
import { AllowList, IPv4Rule, IPv6Rule, NetlinkRule, type Rule, UnixSocketRule } from '../../src/index.js';

/** Text that is an address now and then. */
const nearlyAddress = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.string({ unit: fc.constantFrom('0', '1', 'f', '25', ':', '::', '.', '%', 'g'), maxLength: 18 }),
  fc.tuple(fc.ipV6(), fc.constantFrom('%eth0', '%', ':', '.1')).map(([addr, more]) => addr + more),
);

test('addresses are read where Node takes them for addresses, and nowhere else', () => {
  fc.assert(
    fc.property(nearlyAddress, (text) => {
      expect(addressWords(text) !== null).toBe(isIP(text) !== 0);
    }),
    { numRuns: 5000 },
  );
});

/** By URL, which writes the shortest form; mapped addresses are IPv4. */
const canonical = (text: string): string => new URL(`http://[${text}]`).hostname.slice(1, -1);

test('an address has the value that a URL gives it', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const words = addressWords(text) ?? [];
      const six = words.length === 1 ? [0, 0, 0xffff, words[0] ?? 0] : words;
      const groups = six.flatMap((word) => [Math.floor(word / 65_536), word % 65_536]).map((group) => group.toString(16));
      expect(canonical(groups.join(':'))).toBe(canonical(text));
    }),
    { numRuns: 2000 },
  );
});

test('an IPv4 address within ::/96 is not the address of IPv4', () => {
  const list = new AllowList();
  expect(list.decide({ family: 'AF_INET6', addr: '::127.0.0.1', port: 80 })).toBeNull();
  expect(new IPv4Rule('127.0.0.0/8').matches({ family: 'AF_INET6', addr: '::127.0.0.1', port: 80 })).toBe(false);
  expect(new IPv6Rule('::/96').matches({ family: 'AF_INET6', addr: '::127.0.0.1', port: 80 })).toBe(true);
});

const byte = fc.constantFrom(0, 1, 10, 127, 255);
const four = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
const six = fc.tuple(byte, byte, byte).map(([a, b, c]) => `2001:${a.toString(16)}:${b.toString(16)}::${c.toString(16)}`);
const port = fc.option(fc.constantFrom(80, 443, '100-200'), { nil: undefined });
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.tuple(four, fc.integer({ min: 0, max: 32 }), port).map(([addr, bits, to]) => new IPv4Rule(`${addr}/${bits}`, { port: to })),
  fc.tuple(six, fc.integer({ min: 0, max: 128 }), port).map(([addr, bits, to]) => new IPv6Rule(`${addr}/${bits}`, { port: to })),
  fc.constantFrom('*', '/run/*', '/run/a', '/tmp/?', '@x').map((glob) => new UnixSocketRule(glob)),
);
const aim = fc.oneof(
  fc.record({
    family: fc.constantFrom('AF_INET', 'AF_INET6'),
    addr: fc.oneof(
      four,
      six,
      four.map((addr) => `::ffff:${addr}`),
    ),
    port: fc.constantFrom(80, 150, 443, null),
  }),
  fc.record({ family: fc.constant('AF_UNIX'), addr: fc.constantFrom('/run/a', '/run/b', '/tmp/x', '@x', null), port: fc.constant(null) }),
);

test('the rule that is found is the first that matches', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 30 }), aim, (rules, to) => {
      const list = new AllowList(rules, { includesBuiltins: false });
      expect(list.decide(to)).toBe(rules.find((each) => each.matches(to)) ?? null);
    }),
    { numRuns: 3000 },
  );
});

test('what is denied does not depend on the order of rules, and nothing allows it', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 10 }), fc.array(rule, { minLength: 1, maxLength: 5 }), aim, (rules, deny, to) => {
      const isDenied = deny.some((each) => each.matches(to));
      const lists = [new AllowList(rules, { deny }), new AllowList(rules.toReversed(), { deny: deny.toReversed() })];
      const effects = lists.map((list) => list.judge(to, []).effect);
      expect(effects[0]).toBe(effects[1]);
      expect(effects[0] === 'deny').toBe(isDenied);
      if (isDenied) expect(lists.map((list) => list.decide(to))).toEqual([null, null]);
    }),
    { numRuns: 2000 },
  );
});

/** A rule by host, and the definition of it: labels from the end. */
const label = fc.constantFrom('a', 'b', 'example', 'test');
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const below = (host: string, known: string): boolean => {
  const [labels, of] = [known.split('.').toReversed(), host.replace(/^\*\./, '').split('.').toReversed()];
  const isStart = of.every((each, index) => each === labels[index]);
  return isStart && (host.startsWith('*.') ? labels.length > of.length : labels.length === of.length);
};

test('a rule by host matches the names that its definition says', () => {
  const host = fc.tuple(fc.constantFrom('', '*.'), name).map((parts) => parts.join(''));
  const hosts = fc.uniqueArray(host, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(hosts, fc.array(name, { maxLength: 3 }), fc.constantFrom(80, 443), (patterns, names, to) => {
      const rules = patterns.map((each) => `- { name: "${each}", host: "${each}", port: 443 }`).join('\n');
      const list = AllowList.fromYaml(`version: 1\nincludes_builtins: false\nallowlist:\n${rules}\n`, 'netaudit.yaml');
      const expected = to === 443 ? patterns.find((each) => names.some((known) => below(each, known))) : undefined;
      expect(list.decide({ family: 'AF_INET', addr: '203.0.113.10', port: to, names })?.name).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

const host = fc.tuple(fc.boolean(), name).map(([wild, of]) => ({ wild, name: of }));
const blocks = [new IPv4Rule('0.0.0.0/0', { port: '80-443' }), new IPv6Rule('::/0'), new IPv4Rule('10.0.0.0/8')];
const target = fc.constantFrom(
  ...blocks,
  ...['/run/*', '/run/a', '/run/[a]', '/run[', '*a', ''].map((glob) => new UnixSocketRule(glob || '?')),
  ...[new NetlinkRule(), new OwnServers()],
);
const conditions = fc.record(
  {
    hosts: fc.array(host, { minLength: 1, maxLength: 4 }),
    transport: fc.constantFrom('tcp' as const, 'udp' as const),
    process: fc.constantFrom(['node'], ['*.js'], ['curl', 'node']),
    expires: fc.constantFrom('2026-01-01', '2026-01-02'),
    scope: fc.constantFrom(['test'] as const, ['hook', 'setup'] as const),
  },
  { requiredKeys: [] },
);
const policyRule = fc
  .tuple(fc.array(target, { minLength: 1, maxLength: 3 }), conditions)
  .map(([targets, given]) => new PolicyRule({ targets, conditions: given }));
const call: fc.Arbitrary<Call> = fc
  .tuple(
    fc.oneof(
      aim,
      fc.constantFrom({ family: 'AF_NETLINK', addr: null, port: null }, { family: 'AF_INET', addr: null, port: 80 }),
      fc.constant({ family: 'AF_UNIX', addr: '/run[', port: null }),
    ),
    fc.record({
      names: fc.array(name, { maxLength: 3 }),
      transport: fc.constantFrom('tcp' as const, 'udp' as const, null),
      process: fc.constantFrom(null, { pid: 1, argv: ['node', 'a.js'] }, { pid: 2, argv: ['/usr/bin/curl'] }),
      ts: fc.constantFrom(Date.UTC(2026, 0, 1, 12) * 1000, Date.UTC(2026, 0, 2, 12) * 1000, undefined),
      scope: fc.constantFrom(null, ...(['test', 'run'] as const).map((kind) => ({ id: kind, kind, file: null, names: [] }))),
      served: fc.constantFrom(undefined, ({ port: at }: Pick<Call, 'port'>) => at === 80),
    }),
  )
  .map(([to, rest]) => ({ ...to, ...rest }));

test('however rules are found, it is the first that matches: with hosts, conditions and several targets', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(rule, policyRule), { maxLength: 12 }), fc.array(call, { maxLength: 8 }), (rules, calls) => {
      const list = new AllowList(rules, { includesBuiltins: false });
      for (const each of calls) expect(list.decide(each)).toBe(rules.find((one) => one.matches(each)) ?? null);
    }),
    { numRuns: 3000 },
  );
});
