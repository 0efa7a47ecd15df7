import { describe, expect, it } from 'vitest';
import { parsePermission } from '../../src/allowlist/permission.js';
import { NetauditError } from '../../src/index.js';

type Aim = readonly [family: string, addr: string | null, port: number | null, ...names: readonly string[]];

const allows = (target: string, [family, addr, port, ...names]: Aim): boolean =>
  parsePermission({ target, reason: 'why' })({ family, addr, port }, names);

const four: Aim = ['AF_INET', '203.0.113.10', 443];
const six: Aim = ['AF_INET6', '2001:db8::1', 443];
const named = (...names: readonly string[]): Aim => ['AF_INET', '203.0.113.10', 443, ...names];

describe('a permission', () => {
  it.each<[string, string, Aim, boolean]>([
    ['of an address and port', '203.0.113.10:443', four, true],
    ['of another port', '203.0.113.10:80', four, false],
    ['of all ports', '203.0.113.10:*', four, true],
    ['of another address', '203.0.113.11:443', four, false],
    ['of an address in its IPv6 form', '203.0.113.10:443', ['AF_INET6', '::ffff:203.0.113.10', 443], true],
    ['of a block', '203.0.113.0/24:443', four, true],
    ['of a block that ends before', '203.0.113.0/29:443', four, false],
    ['of IPv6', '[2001:db8::1]:443', six, true],
    ['of a block of IPv6', '[2001:db8::/32]:*', six, true],
    ['of another IPv6', '[2001:db8::2]:443', six, false],
    ['of localhost', 'localhost:443', ['AF_INET', '127.0.0.9', 443], true],
    ['of localhost in IPv6', 'localhost:443', ['AF_INET6', '::1', 443], true],
    ['of localhost, not of what is called so', 'localhost:443', named('localhost'), false],
    ['of a name', 'api.example.com:443', named('other.example.com', 'api.example.com'), true],
    ['of a name in capitals, with the last dot', 'API.Example.com:443', named('api.example.COM.'), true],
    ['of a name in Unicode', 'bücher.example:443', named('xn--bcher-kva.example'), true],
    ['of a name on another port', 'api.example.com:80', named('api.example.com'), false],
    ['of a name that nobody looked up', 'api.example.com:443', four, false],
    ['of a name that only ends alike', 'api.example.com:443', named('my-api.example.com'), false],
    ['of names below', '*.example.com:443', named('a.b.example.com'), true],
    ['of names below, not of the name itself', '*.example.com:443', named('example.com'), false],
    ['of names below, with the dot', '*.example.com:443', named('badexample.com'), false],
    ['of a socket', 'unix:/run/*.sock', ['AF_UNIX', '/run/a.sock', null], true],
    ['of another socket', 'unix:/run/*.sock', ['AF_UNIX', '/tmp/a.sock', null], false],
    ['of a socket, not of an address', 'unix:*', four, false],
    ['of an address, not of a socket', '203.0.113.10:*', ['AF_UNIX', '203.0.113.10', null], false],
  ])('%s: %s', (_, target, aim, expected) => {
    expect(allows(target, aim)).toBe(expected);
  });

  it.each<[string, string, RegExp]>([
    ['', 'why', /has no target/],
    ['203.0.113.10', 'why', /'203\.0\.113\.10' has no port/],
    ['203.0.113.10:', 'why', /has the port ''/],
    ['203.0.113.10:65536', 'why', /has the port '65536'/],
    ['203.0.113.10:0443', 'why', /has the port '0443'/],
    ['203.0.113.10:https', 'why', /has the port 'https'/],
    ['203.0.113.10:80-90', 'why', /has the port '80-90'/],
    ['203.0.113.300:443', 'why', /not an IPv4 address/],
    ['203.0.113.0/33:443', 'why', /not an IPv4 address or CIDR/],
    ['2001:db8::1:443', 'why', /IPv6 without brackets/],
    ['::1', 'why', /IPv6 without brackets/],
    ['[2001:db8::1]', 'why', /IPv6 without brackets/],
    ['[203.0.113.10]:443', 'why', /not an IPv6 address/],
    ['*:443', 'why', /'\*' is no host/],
    [':443', 'why', /'' is no host/],
    ['a_b..c:443', 'why', /is no host/],
    ['https://example.com', 'why', /has the port '\/\/example\.com'/],
    ['unix:', 'why', /has no path/],
    ['203.0.113.10:443', '', /has no reason/],
  ])('%j for the reason %j is refused', (target, reason, message) => {
    expect(() => parsePermission({ target, reason })).toThrow(NetauditError);
    expect(() => parsePermission({ target, reason })).toThrow(message);
  });
});
