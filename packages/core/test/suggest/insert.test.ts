import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AllowList, insertEntries } from '../../src/index.js';

const entry = ['- name: added', '  family: AF_INET', '  addr: "203.0.113.10"'];
const added = (text: string): string => insertEntries(text, [entry], 'n.yaml');
const names = (text: string): string[] => AllowList.fromYaml(text, 'n.yaml').ownRules.map((rule) => rule.name);

test.each<[string, string, string]>([
  [
    'at the end of the list',
    'version: 1\nallowlist:\n  - { family: AF_NETLINK } # n\n',
    'version: 1\nallowlist:\n  - { family: AF_NETLINK } # n\n  - name: added\n    family: AF_INET\n    addr: "203.0.113.10"\n',
  ],
  [
    'before the key that follows',
    'allowlist:\n- family: AF_NETLINK\n\n# why\nversion: 1\n',
    'allowlist:\n- family: AF_NETLINK\n- name: added\n  family: AF_INET\n  addr: "203.0.113.10"\n\n# why\nversion: 1\n',
  ],
  [
    'into an empty list',
    'version: 1\nallowlist: [] # none yet\n',
    'version: 1\nallowlist: # none yet\n  - name: added\n    family: AF_INET\n    addr: "203.0.113.10"\n',
  ],
  [
    'below a key without a value',
    'allowlist: # none\nversion: 1\n',
    'allowlist: # none\n  - name: added\n    family: AF_INET\n    addr: "203.0.113.10"\nversion: 1\n',
  ],
  [
    'as a new key',
    '# mine\nversion: 1 # one\n',
    '# mine\nversion: 1 # one\nallowlist:\n  - name: added\n    family: AF_INET\n    addr: "203.0.113.10"\n',
  ],
  [
    'where the last line does not end',
    'version: 1\nallowlist:\n    - family: AF_NETLINK',
    'version: 1\nallowlist:\n    - family: AF_NETLINK\n    - name: added\n      family: AF_INET\n      addr: "203.0.113.10"\n',
  ],
  [
    'with the line ends of the file',
    'version: 1\r\nallowlist:\r\n- family: AF_NETLINK\r\n',
    'version: 1\r\nallowlist:\r\n- family: AF_NETLINK\r\n- name: added\r\n  family: AF_INET\r\n  addr: "203.0.113.10"\r\n',
  ],
  [
    'before the end of the document',
    'version: 1\nallowlist:\n  - family: AF_NETLINK\n...\n',
    'version: 1\nallowlist:\n  - family: AF_NETLINK\n  - name: added\n    family: AF_INET\n    addr: "203.0.113.10"\n...\n',
  ],
  [
    'after a block of text',
    'version: 1\nallowlist:\n  - family: AF_NETLINK\n    name: |\n      n\n',
    'version: 1\nallowlist:\n  - family: AF_NETLINK\n    name: |\n      n\n  - name: added\n    family: AF_INET\n    addr: "203.0.113.10"\n',
  ],
])('an entry is added %s, and it is one', (_name, before, after) => {
  expect(added(before)).toBe(after);
  expect(names(after).at(-1)).toBe('added');
});

test.each([
  ['a flow list with entries', 'version: 1\nallowlist: [{ family: AF_NETLINK }]\n'],
  ['a flow file', '{ version: 1, allowlist: [] }\n'],
  ['an alias', 'version: 1\nx: &a []\nallowlist: *a\n'],
])('%s is not changed, and the place is named', (_name, text) => {
  expect(() => added(text)).toThrow(
    expect.objectContaining({
      code: 'ALLOWLIST_SYNTAX',
      message: expect.stringMatching(/^n\.yaml:\d+:\d+: an entry can not be added/),
    }),
  );
});

const comment = fc.constantFrom('', '# a comment', '  # indented', '\t', '#', '   ');
const line = fc
  .tuple(
    comment,
    fc.constantFrom(
      'family: AF_NETLINK',
      '{ family: AF_NETLINK } # end',
      'family: AF_UNIX\n    path_glob: "*" # [',
      'family: AF_NETLINK\n    name: >-\n      long\n      text',
    ),
  )
  .map(([above, item]) => `${above}\n  - ${item}`);
const policy = fc
  .tuple(comment, fc.array(line, { minLength: 1, maxLength: 5 }), comment, fc.boolean(), fc.constantFrom('\n', '\r\n'))
  .map(([head, items, tail, first, end]) => {
    const list = `allowlist:${items
      .map((item) => (item.startsWith('\t') ? item.slice(1) : item))
      .map((item) => `\n${item}`.replace('\n\n', '\n'))
      .join('')}\n`;
    const text = `${head.trim()}\n${first ? `version: 1\n${list}` : `${list}version: 1\n`}${tail.trim()}\n`;
    return text.replaceAll('\n', end);
  });

test('every byte that was there stays, in its order, and nothing but the entry is new', () => {
  fc.assert(
    fc.property(policy, (text) => {
      const changed = added(text);
      const at = changed.indexOf('  - name: added');
      const length = changed.length - text.length;
      expect(changed.slice(0, at) + changed.slice(at + length)).toBe(text);
      expect(names(changed)).toEqual([...names(text), 'added']);
    }),
    { numRuns: 300 },
  );
});
