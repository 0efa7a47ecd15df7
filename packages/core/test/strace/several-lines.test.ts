import { expect, test } from 'vitest';

import type { Event } from '../../src/model/event.js';
import { decodeText } from './decode-text.js';

const address = '{sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}';
const other = address.replace('443', '80');

const told = (event: Event): string => {
  switch (event.kind) {
    case 'connect':
    case 'send':
      return `${event.tid} ${event.kind} ${event.port} ${event.result}`;
    case 'unread':
      return `unread ${event.line}`;
    case 'lost':
      return 'lost';
    default:
      return `${event.tid} ${event.kind}`;
  }
};

/** What several lines, written by strace in this form, come to. */
test.each<[string, readonly string[], readonly string[]]>([
  [
    'a thread that ends inside its call (strace prints that the rest is unknown)',
    [`5 connect(3, ${address}, 16 <unfinished ...>`, '5 <... connect resumed> <unfinished ...>) = ?', '5 +++ killed by SIGKILL +++'],
    ['5 connect 443 null', '5 exit'],
  ],
  [
    'a resumed call that strace left',
    [`5 connect(3, ${address}, 16 <unfinished ...>`, '5 <... connect resumed> <detached ...>'],
    ['5 connect 443 null'],
  ],
  [
    'a call that is interrupted twice',
    [
      `5 connect(3, ${address}, 16 <unfinished ...>`,
      '5 <... connect resumed> <unfinished ...>',
      '6 +++ exited with 0 +++',
      '5 <... connect resumed>) = 0',
    ],
    ['6 exit', '5 connect 443 0'],
  ],
  [
    'standard error: the process has no number until there is a second one',
    [
      `connect(3, ${address}, 16 <unfinished ...>`,
      '[pid     6] exit_group(0) = ?',
      '[pid     5] <... connect resumed>) = 0',
      '[pid     6] +++ exited with 0 +++',
    ],
    ['0 connect 443 0', '6 exit'],
  ],
  [
    'standard error: the process has no number any more when the others have ended',
    [`[pid     5] connect(3, ${address}, 16 <unfinished ...>`, '[pid     6] +++ exited with 0 +++', '<... connect resumed>) = 0'],
    ['6 exit', '5 connect 443 0'],
  ],
  [
    'standard error: a message of a strace that was called by its path, inside a call',
    [`connect(3, ${address}, 16/usr/bin/strace: Process 6 attached`, ') = 0'],
    ['0 connect 443 0'],
  ],
  [
    'standard error: output of the program inside a call',
    [`[pid     5] connect(3, ${address}, 16listening on 1`, ') = -1 EINPROGRESS (Operation now in progress)'],
    ['unread 1'],
  ],
  [
    'standard error: output of the program before a call, without a line end',
    [`listening on 1[pid     5] connect(3, ${address}, 16) = 0`, `[pid     6] connect(3, ${other}, 16) = 0`],
    ['unread 1', '6 connect 80 0'],
  ],
  [
    'two runs in one file, the first of which was killed in the middle of a line',
    [`5 1.5 connect(3, {sa_family=AF_INET, sin_port=ht7 2.5 connect(3, ${address}, 16) = 0`, `7 3.5 connect(3, ${other}, 16) = 0`],
    ['unread 1', '7 connect 80 0'],
  ],
  [
    'two runs in one file, the first of which was killed before a line end',
    [`5 1.5 connect(3, ${other}, 16) = 07 2.5 connect(3, ${address}, 16) = 0`],
    ['5 connect 80 7', 'unread 1'],
  ],
  [
    'two runs in one file, the first of which was killed in a call that is no evidence',
    [`5 1.5 read(3, "abc"..., 7 2.5 connect(3, ${address}, 16) = 0`],
    ['unread 1'],
  ],
  [
    'two runs in one file, the first of which was killed in a string, and the second of which sends a quote',
    [`5 write(1, "ab7 2.5 sendmsg(3, {msg_name=${address}, msg_namelen=16, msg_iov=[{iov_base="\\"", iov_len=1}]}, 0) = 1`],
    ['unread 1'],
  ],
  [
    'two runs in one file with the same numbers, the first of which left a call open',
    [
      `5 1.5 connect(3, ${other}, 16 <unfinished ...>`,
      '5 execve("/bin/x", ["x"], 0x1 /* 1 var */) = 0',
      `5 2.5 connect(3, ${address}, 16) = 0`,
    ],
    ['5 connect 80 null', '5 exec', '5 connect 443 0'],
  ],
  ['a byte order mark', [`\xef\xbb\xbf5 connect(3, ${address}, 16) = 0`], ['5 connect 443 0']],
  [
    'the beginning of a file, cut off between the halves of a call',
    [`, 16 <unfinished ...>`, `5 connect(3, ${address}, 16) = 0`],
    ['unread 1', '5 connect 443 0'],
  ],
])('%s', (_, lines, expected) => {
  expect(decodeText(`${lines.join('\n')}\n`).events.map(told)).toEqual(expected);
});

test.each<[string, readonly string[]]>([
  [`5 connect(3, ${address}, 16) = -1 EINPROGR`, ['5 connect 443 null', 'unread 1']],
  [`5 connect(3, ${address}, 16`, ['5 connect 443 null', 'unread 1']],
  [`5 connect(3, ${address.slice(0, 40)}`, ['unread 1']],
  [`5 sendto(3, "secr`, ['unread 1']],
  [`5 1795203901.52`, ['unread 1']],
  [`5`, ['unread 1']],
  [`754<fo`, ['unread 1']],
  [`[pid   7`, ['unread 1']],
  [`5 [00007f`, ['unread 1']],
  [`5 +++ exited with 0 +++`, ['5 exit']],
  [`5 +++ exited wi`, []],
  [`5 read(3, "abc`, []],
])('the last line, cut off as %j', (text, expected) => {
  expect(decodeText(text).events.map(told)).toEqual(expected);
});
