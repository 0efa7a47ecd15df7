import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { decodeText } from './decode-text.js';

const address = '{sa_family=AF_INET6, sin6_port=htons(1), inet_pton(AF_INET6, "2001:db8::10", &sin6_addr), sin6_scope_id=0}';

const shown = (line: string): unknown[] => decodeText(line).events.map((event) => ('rawLine' in event ? event.rawLine : event.kind));

test('what a send carried is not shown, its address is', () => {
  expect(shown(`1 sendto(3<UNIX-STREAM:[1->2,"/run/x"]>, "se\\"cret"..., 99, 0, ${address}, 28) = 99\n`)).toEqual([
    `1 sendto(3<UNIX-STREAM:[1->2,"/run/x"]>, "...", 99, 0, ${address}, 28) = 99`,
  ]);
  expect(
    shown(`1 sendmsg(3, {msg_name=${address}, msg_iov=[{iov_base="secret", iov_len=6}, {iov_base="more", iov_len=4}]}, 0) = 10\n`),
  ).toEqual([`1 sendmsg(3, {msg_name=${address}, msg_iov=[{iov_base="...", iov_len=6}, {iov_base="...", iov_len=4}]}, 0) = 10`]);
});

test('what a send carried is not shown when the line is cut, damaged, resumed or mixed with output', () => {
  const lines = [
    '1 sendto(3, "secret", 6, 0, {sa_fam\n',
    '1 sendto(3, "secret',
    '1 sendto(3, "secret\\',
    '1 <... sendmmsg resumed>[{msg_hdr={msg_name=NULL, msg_iov=[{iov_base="secret", iov_len=6}]}, msg_len=6}], 1, 0) = 1\n',
    'noise sendto(3, "secret", 6, 0, NULL, 0) = 6\n',
    '1 sendmsg(3, {msg_name(16)={sa_family=AF_UNSPEC}, msg_iov(1)=[{"secret", 6}]}, 0) = 6\n',
  ];
  for (const line of lines) {
    expect(shown(line)).toEqual([expect.stringContaining('...')]);
    expect(shown(line)).toEqual([expect.not.stringContaining('secret')]);
  }
});

test('no payload of the recorded sends is shown', () => {
  const trace = readFileSync(new URL('../../../../fixtures/strace/sends/trace.txt', import.meta.url));
  const text = JSON.stringify(decodeText(trace).events);
  expect(text).toContain('203.0.113.10');
  for (const payload of ['udp-unspec', 'tfo-data', 'three', 'take', 'no address']) expect(text).not.toContain(payload);
});

test('nothing of what was received is in an event, but what name servers answered', () => {
  const lines = [
    '1 recvfrom(3<TCP:[127.0.0.1:1->127.0.0.1:80]>, "secret", 99, 0, NULL, NULL) = 6\n',
    '1 recvfrom(3<UDP:[127.0.0.1:1->127.0.0.1:53]>, "secret", 99, 0, NULL, NULL) = 6\n',
    '1 recvmsg(3<UNIX-STREAM:[1->2]>, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="secret", iov_len=6}], msg_iovlen=1}, 0) = 6\n',
    '1 recvfrom(3<TCP:[127.0.0.1:1->127.0.0.1:80]>, "secret\n',
    '1 <... recvfrom resumed>"secret", 99, 0, NULL, NULL) = 6\n',
    '1 <... recvmmsg resumed>[{msg_hdr={msg_name=NULL, msg_iov=[{iov_base="secret", iov_len=6}]}, msg_len=6}], 1, 0) = 1\n',
  ];
  const events = lines.flatMap((line) => decodeText(line).events);
  expect(JSON.stringify(events)).not.toContain('secret');
  expect(events.filter(({ kind }) => kind !== 'unread')).toEqual([]);
});
