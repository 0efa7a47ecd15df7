import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AllowList, ruleFor } from '../../src/index.js';

type Aim = { family: string; addr: string; port: number | null };

const loaded = (aim: Aim): AllowList =>
  AllowList.fromYaml(`version: 1\nincludes_builtins: false\nallowlist:\n  ${ruleFor(aim)?.replaceAll('\n', '\n  ')}\n`, 'netaudit.yaml');

const port = fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: null });
const aims = fc.oneof(
  fc.record({ family: fc.constant('AF_INET'), addr: fc.ipV4(), port }),
  fc.record({ family: fc.constant('AF_INET6'), addr: fc.ipV6(), port }),
  fc.record({ family: fc.constant('AF_INET6'), addr: fc.ipV4().map((addr) => `::ffff:${addr}`), port }),
  fc.record({ family: fc.constant('AF_UNIX'), addr: fc.string({ unit: 'binary', minLength: 1 }), port: fc.constant(null) }),
  fc.record({
    family: fc.constant('AF_UNIX'),
    addr: fc.string({ unit: fc.constantFrom('*', '[', ']', '?', '!', '"', '\n', '/'), minLength: 1 }),
    port: fc.constant(null),
  }),
);

test('a suggested rule loads and allows the destination it is for', () => {
  fc.assert(
    fc.property(aims, (aim) => {
      expect(loaded(aim).decide(aim)).not.toBeNull();
    }),
    { numRuns: 500 },
  );
});

test('a suggested rule allows nothing else', () => {
  fc.assert(
    fc.property(aims, aims, (aim, other) => {
      fc.pre(ruleFor(aim) !== ruleFor(other) && other.port !== null && aim.port !== null);
      expect(loaded(aim).decide(other)).toBeNull();
    }),
  );
  expect(loaded({ family: 'AF_UNIX', addr: '/run/*', port: null }).decide({ family: 'AF_UNIX', addr: '/run/x', port: null })).toBeNull();
});

test('a suggested rule holds nothing that steers a terminal', () => {
  const rule = ruleFor({ family: 'AF_UNIX', addr: '/run/\u001b[31m\u202e\u009b\u007f\u{e0041}x', port: null });
  expect(rule).toMatch(/^[\x20-\x7e\n]*$/);
});

test.each([
  ['AF_INET', '93.184.216.34', 443, '- name: "93.184.216.34:443"\n  family: AF_INET\n  addr: "93.184.216.34"\n  port: 443'],
  ['AF_INET6', '2001:db8::1', 443, '- name: "[2001:db8::1]:443"\n  family: AF_INET6\n  addr: "2001:db8::1"\n  port: 443'],
  ['AF_INET6', '::ffff:10.0.0.1', 80, '- name: "10.0.0.1:80"\n  family: AF_INET\n  addr: "10.0.0.1"\n  port: 80'],
  ['AF_INET6', 'fe80::1%eth0', null, '- name: "[fe80::1]"\n  family: AF_INET6\n  addr: "fe80::1"'],
  ['AF_UNIX', '/run/[x].sock', null, '- name: "/run/[x].sock"\n  family: AF_UNIX\n  path_glob: "/run/[[]x].sock"'],
  ['AF_NETLINK', null, null, '- name: netlink\n  family: AF_NETLINK'],
  ['AF_INET', null, null, null],
  ['AF_UNIX', null, null, null],
  ['AF_VSOCK', '2', 1024, null],
  ['AF_UNKNOWN', null, null, null],
])('the rule for %s %s %s', (family, addr, to, expected) => {
  expect(ruleFor({ family, addr, port: to })).toBe(expected);
});
