import { describe, expect, test } from 'vitest';
import { decodeText } from './decode-text.js';

/** What a trace of one thread says of names: question or answer, and through whom. */
const told = (...lines: readonly string[]): string[] =>
  decodeText(lines.map((line) => `1 ${line}\n`).join('')).events.flatMap((event) => {
    if (event.kind !== 'dns') return [];
    const { question, answer, server } = event;
    const addresses = (answer?.records ?? []).map((record) => ('addr' in record ? record.addr : record.type));
    return [`${question.name} ${server.addr}${answer ? ` ${answer.status}${answer.cut ? ' cut' : ''} ${addresses.join()}` : ''}`];
  });

const question = String.raw`\314G\1\0\0\1\0\0\0\0\0\0\3api\7example\4test\0\0\1\0\1`;
const answer = String.raw`\314G\205\200\0\1\0\1\0\0\0\0\3api\7example\4test\0\0\1\0\1\300\f\0\1\0\1\0\0\0\5\0\4\313\0qP`;
const from = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}';
const udp = '3<UDP:[192.0.2.2:4->192.0.2.53:53]>';
const tcp = '3<TCP:[192.0.2.2:4->192.0.2.53:53]>';

describe('an answer is read', () => {
  test.each([
    ['recvfrom', `recvfrom(${udp}, "${answer}", 512, 0, ${from}, [28 => 16]) = 50`],
    ['recvfrom of a socket without a peer', `recvfrom(3<UDP:[0.0.0.0:4]>, "${answer}", 512, 0, ${from}, [28->16]) = 50`],
    ['recvmsg', `recvmsg(${udp}, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="${answer}", iov_len=512}], msg_iovlen=1}, 0) = 50`],
    [
      'recvmmsg',
      `recvmmsg(3, [{msg_hdr={msg_name=${from}, msg_iov=[{iov_base="${answer}", iov_len=512}], msg_iovlen=1}, msg_len=50}], 1, 0, NULL) = 1`,
    ],
  ])('from %s', (_, line) => {
    expect(told(line)).toEqual(['api.example.test 192.0.2.53 NOERROR 203.0.113.80']);
  });

  test('when its call was resumed', () => {
    expect(told(`recvfrom(${udp},  <unfinished ...>`, `<... recvfrom resumed>"${answer}", 512, 0, NULL, NULL) = 50`)).toEqual([
      'api.example.test 192.0.2.53 NOERROR 203.0.113.80',
    ]);
  });

  test('over TCP, however it was cut into calls', () => {
    const parts = [String.raw`\0`, '2', answer.slice(0, 40), `${answer.slice(40)}${String.raw`\0002`}`, answer];
    expect(told(...parts.map((part) => `recvfrom(${tcp}, "${part}", 512, 0, NULL, NULL) = 1`))).toEqual(
      Array(2).fill('api.example.test 192.0.2.53 NOERROR 203.0.113.80'),
    );
  });

  test('as far as the trace shows it', () => {
    const cut = answer.replace(String.raw`\313\0qP`, String.raw`\313`);
    expect(told(`recvfrom(${udp}, "${cut}"..., 512, 0, NULL, NULL) = 50`)).toEqual(['api.example.test 192.0.2.53 NOERROR cut ']);
    expect(told(`recvfrom(${tcp}, "\\0002${cut}"..., 512, 0, NULL, NULL) = 52`)).toEqual(['api.example.test 192.0.2.53 NOERROR cut ']);
  });
});

test('who sends an answer, or receives a question, is told nothing', () => {
  expect(
    told(
      `sendto(${udp}, "${answer}", 50, 0, NULL, 0) = 50`,
      `recvfrom(${udp}, "${question}", 512, 0, NULL, NULL) = 34`,
      `recvfrom(3<UDP:[192.0.2.2:53]>, "${answer}", 512, 0, {sa_family=AF_INET, sin_port=htons(5353), sin_addr=inet_addr("192.0.2.53")}, [16]) = 50`,
      `recvfrom(3<UDP:[192.0.2.2:4->192.0.2.53:5353]>, "${answer}", 512, 0, NULL, NULL) = 50`,
    ),
  ).toEqual([]);
});

test('systemd-resolved is asked on the socket that was connected to it, and on no other', () => {
  const connect = 'connect(7<UNIX-STREAM:[5]>, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0';
  const ask = String.raw`"{\"method\":\"io.systemd.Resolve.ResolveHostname\",\"parameters\":{\"name\":\"api.example.test\"}}\0", 92, 0, NULL, 0) = 92`;
  const reply = String.raw`"{\"parameters\":{\"addresses\":[{\"family\":2,\"address\":[203,0,113,10]}]}}\0", 8192, 0, NULL, NULL) = 71`;
  const on = (socket: string): string[] => [`sendto(${socket}, ${ask}`, `recvfrom(${socket}, ${reply}`];
  expect(told(connect, ...on('7<UNIX-STREAM:[5->6]>'))).toEqual([
    'api.example.test /run/systemd/resolve/io.systemd.Resolve',
    'api.example.test /run/systemd/resolve/io.systemd.Resolve NOERROR 203.0.113.10',
  ]);
  expect(told(connect, ...on('8<UNIX-STREAM:[8->9]>'))).toEqual([]);
});
