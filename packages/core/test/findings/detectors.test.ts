import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AllowList, analyzeTrace, type Finding, findingLevels, IPv4Rule, type Report } from '../../src/index.js';

const reportOf = async (lines: readonly string[], allowlist = new AllowList()): Promise<Report> => {
  const input = async function* () {
    yield Buffer.from(lines.map((line, index) => `7 ${1000 + index}.000000 ${line}\n`).join(''));
  };
  return analyzeTrace(input(), { allowlist });
};

const unix = (path: string, result = '0'): string => `connect(3, {sa_family=AF_UNIX, sun_path=${path}}, 30) = ${result}`;
const inet = (addr: string, port = 80): string =>
  `connect(3, {sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${addr}")}, 16) = 0`;
const inet6 = (addr: string): string =>
  `connect(3, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "${addr}", &sin6_addr), sin6_scope_id=0}, 28) = 0`;

const shown = ({ findings = [] }: Report): string[] => findings.map(({ code, subject, count }) => `${code} ${subject} ${count}`);

test.each([
  ['"/var/run/docker.sock"', 'the Docker daemon'],
  ['"/run/containerd/containerd.sock"', 'containerd'],
  ['"/run/user/1000/podman/podman.sock"', 'Podman'],
  ['"/tmp/ssh-XXXXabc/agent.4711"', 'ssh-agent'],
  ['"/run/user/1000/gnupg/S.gpg-agent"', 'gpg-agent'],
  ['"/home/me/.gnupg/S.gpg-agent.ssh"', 'gpg-agent'],
  ['@"/tmp/.X11-unix/X0"', 'the X server'],
  ['"/tmp/.X11-unix/X12"', 'the X server'],
  ['"/run/dbus/system_bus_socket"', 'D-Bus'],
  ['"/var/run/dbus/system_bus_socket"', 'D-Bus'],
  ['"/run/user/1000/bus"', 'D-Bus'],
  ['"/run/systemd/private"', 'systemd'],
])('%s is a door, once, although Unix sockets are allowed', async (path, daemon) => {
  const report = await reportOf([unix(path), unix(path)]);
  const name = path.replaceAll('"', '');
  expect(shown(report)).toEqual([`door ${name} 2`]);
  expect(report.findings?.[0]?.message).toContain(`${daemon}, which acts outside of this audit`);
  expect(report).toMatchObject({ verdict: 'clean', exitCode: 0, violations: [] });
});

test('a socket that is not there, or is no known door, is none', async () => {
  const absent = '-1 ENOENT (No such file or directory)';
  expect(shown(await reportOf([unix('"/var/run/docker.sock"', absent), unix('"/tmp/docker.sock.d/x"'), unix('"/tmp/own.sock"')]))).toEqual(
    [],
  );
});

test.each([
  [inet('169.254.169.254'), '169.254.169.254:80'],
  [inet6('fd00:ec2::254'), '[fd00:ec2::254]:80'],
  [inet6('::ffff:169.254.169.254'), '[::ffff:169.254.169.254]:80'],
])('a metadata service fails the run where a broad rule allows its address: %s', async (call, place) => {
  const everything = AllowList.fromYaml(
    'version: 1\nallowlist:\n  - family: AF_INET\n    cidr: 0.0.0.0/0\n  - family: AF_INET6\n    cidr: ::/0\n',
    'netaudit.yaml',
  );
  const report = await reportOf([call], everything);
  expect(report).toMatchObject({ verdict: 'violations', exitCode: 1, violations: [] });
  expect(report.findings?.filter(({ code }) => !code.endsWith('-rule'))).toMatchObject([
    { code: 'cloud-metadata', level: 'fail', count: 1 },
  ]);
  expect(report.findings?.[0]?.subject).toContain(place);
  expect(report.findings?.[0]?.evidence).toEqual([expect.stringContaining('connect(3')]);
});

const refused = '-1 ECONNREFUSED (Connection refused)';
const progress = '-1 EINPROGRESS (Operation now in progress)';
const begin = (fd: number, port: number, addr = '127.0.0.1', result = progress): string =>
  `connect(${fd}<TCP:[17]>, {sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${addr}")}, 16) = ${result}`;
const told = (fd: number, error: string): string => `getsockopt(${fd}<TCP:[17]>, SOL_SOCKET, SO_ERROR, [${error}], [4]) = 0`;

const server = (at: string, port = 3000): readonly string[] => [
  'socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 9<socket:[17]>',
  `bind(9<socket:[17]>, {sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${at}")}, 16) = 0`,
  'listen(9<socket:[17]>, 511) = 0',
];
test.each([
  ['at once', [begin(3, 3000, '127.0.0.1', refused)]],
  ['later', [begin(3, 3000), told(3, 'ECONNREFUSED')]],
  ['over both addresses of localhost', [begin(3, 3000), told(3, 'ECONNREFUSED'), begin(4, 3000, '127.0.0.1', refused)]],
])('a refused loopback port on which nobody listens is found: %s', async (_, lines) => {
  const report = await reportOf(lines, new AllowList([], { findings: { 'slow-connect': 'off' } }));
  expect(shown(report)).toEqual([`refused-loopback localhost:3000 ${lines.length > 2 ? 2 : 1}`]);
  expect(report.findings?.[0]?.message).toContain('unmocked request to localhost:3000');
  expect(report).toMatchObject({ verdict: 'clean', exitCode: 0 });
});

test.each([
  ['listened there before', ['listen(9<TCP:[127.0.0.1:3000]>, 5) = 0', begin(3, 3000, '127.0.0.1', refused)]],
  ['listens there later', [begin(3, 3000, '127.0.0.1', refused), 'listen(9<TCPv6:[[::]:3000]>, 5) = 0']],
  [
    'bound the port, and strace does not decorate',
    [
      'bind(9, {sa_family=AF_INET, sin_port=htons(3000), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
      'listen(9, 5) = 0',
      begin(3, 3000, '127.0.0.1', refused),
    ],
  ],
  ['accepts there', ['accept4(9<TCP:[127.0.0.1:3000]>, NULL, NULL, SOCK_CLOEXEC) = 4', begin(3, 3000, '127.0.0.1', refused)]],
  ['is not on this machine', [begin(3, 3000, '192.0.2.1', refused)]],
  ['accepted the connection', [begin(3, 3000), told(3, '0')]],
  ['had a port that the kernel chose', [...server('127.0.0.1', 0), begin(3, 40_000, '127.0.0.1', refused)]],
])('a loopback port is no finding where the server %s', async (_, lines) => {
  expect(shown(await reportOf(lines))).toEqual([]);
});

test('time in connections that are refused or time out is counted once, and told over a second', async () => {
  const timedOut = (seconds: string): string => `${begin(5, 9, '192.0.2.1', '-1 ETIMEDOUT (Connection timed out)')} <${seconds}>`;
  const policy = new AllowList([new IPv4Rule('192.0.2.1')]);
  expect(shown(await reportOf([timedOut('0.700000'), timedOut('0.299999')], policy))).toEqual([]);
  expect(shown(await reportOf([timedOut('0.700000'), timedOut('0.300000')], policy))).toEqual(['slow-connect outside any test (run) 2']);
  // Line n is at second 1000+n: both attempts wait from second 0 and 1 to seconds 2 and 3.
  const both = [begin(5, 9, '192.0.2.1'), begin(6, 9, '192.0.2.1'), told(5, 'ETIMEDOUT'), told(6, 'ETIMEDOUT')];
  const report = await reportOf(both, policy);
  expect(report.findings?.[0]?.message).toContain('lost 3000 ms');
});

test('a connection that takes long and succeeds is not lost time', async () => {
  expect(shown(await reportOf([begin(5, 9), 'getpid() = 7', 'getpid() = 7', told(5, '0')]))).toEqual([]);
});

const rights = (data: string): string =>
  `recvmsg(8<UNIX-STREAM:[1->2]>, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="secret", iov_len=10}], msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[${data}]}], msg_controllen=24, msg_flags=0}, 0) = 6`;

test.each([
  [rights('9'), 'received_socket'],
  ['pidfd_getfd(13, 4, 0) = 14', 'taken_socket'],
  ['seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=1, filter=0x7fdcd7b7a4a0}) = 0', 'seccomp_filter'],
  ['prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len=1, filter=0x7fdcd7b7a4a0}) = 0', 'seccomp_filter'],
  ['bind(15, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_IP), sll_ifindex=1}, 20) = 0', 'raw_socket (AF_PACKET)'],
  ['socket(AF_PACKET, SOCK_RAW, htons(0x3 /* ETH_P_ALL */)) = 3', 'raw_socket (AF_PACKET)'],
  ['socket(AF_INET, SOCK_RAW|SOCK_CLOEXEC, IPPROTO_ICMP) = 3', 'raw_socket (AF_INET, raw)'],
  ['accept4(3<TCP:[0.0.0.0:80]>, NULL, NULL, 0) = 5<TCP:[192.0.2.2:80->192.0.2.9:4711]>', 'accepted_socket (192.0.2.9:4711)'],
])('a blind spot is named, with its process: %s', async (line, subject) => {
  const report = await reportOf(['execve("/usr/bin/program", ["program", "--now"], 0x1 /* 2 vars */) = 0', line]);
  expect(shown(report)).toEqual([`blind-spot ${subject} 1`]);
  expect(report.findings?.[0]?.scopes[0]?.processes).toMatchObject([{ pid: 7, argv: ['program', '--now'] }]);
  expect(report).toMatchObject({ verdict: 'clean', gaps: [] });
  expect(JSON.stringify(report)).not.toContain('secret');
});

const visit = 'accept4(9<socket:[17]>, NULL, NULL, SOCK_CLOEXEC) = 4<socket:[18]>';
const visitFrom = (addr: string): string =>
  `accept4(9<socket:[17]>, {sa_family=AF_INET, sin_port=htons(4711), sin_addr=inet_addr("${addr}")}, [16], 0) = 4<socket:[18]>`;

test.each([
  [
    'more visitors than the run made connections',
    [...server('0.0.0.0'), begin(3, 3000), visit, visit],
    ['blind-spot accepted_socket (port 3000) 2'],
  ],
  ['as many visitors as the run made connections', [...server('0.0.0.0'), visit, begin(3, 3000)], []],
  [
    'a connection elsewhere is none to the server',
    [...server('0.0.0.0'), visit, begin(3, 3001)],
    ['blind-spot accepted_socket (port 3000) 1'],
  ],
  ['visitors of a port that the kernel chose, as many as the run made', [...server('0.0.0.0', 0), begin(3, 40_000), visit], []],
  [
    'more of them',
    [...server('0.0.0.0', 0), begin(3, 40_000), visit, visit],
    ['blind-spot accepted_socket (a port that the trace does not tell) 2'],
  ],
  ['visitors of loopback', [...server('127.0.0.1'), visit, visit], []],
  [
    'a visitor whose address was asked for',
    [...server('0.0.0.0'), visitFrom('192.0.2.9')],
    ['blind-spot accepted_socket (192.0.2.9:4711) 1'],
  ],
  ['one from loopback', [...server('0.0.0.0'), visitFrom('127.0.0.1')], []],
])('who connects to a server of the run: %s', async (_, lines, findings) => {
  expect(shown(await reportOf(lines))).toEqual(findings);
});

test.each([
  ['io_uring_setup(8, {flags=0, sq_entries=8}) = 3', 'io_uring'],
  ['clone(child_stack=NULL, flags=CLONE_UNTRACED|SIGCHLD) = 8', 'clone_untraced'],
  ['seccomp(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, {len=1, filter=0x1}) = 18', 'seccomp_notify'],
])('a blind spot in which anything may happen leaves the audit incomplete, unless it is accepted by name: %s', async (line, spot) => {
  const report = await reportOf([line]);
  expect(report).toMatchObject({ verdict: 'incomplete', exitCode: 2, gaps: [{ kind: 'lost' }] });
  expect(shown(report)).toEqual([`blind-spot ${spot} 1`]);
  const other = spot === 'io_uring' ? 'clone_untraced' : 'io_uring';
  const accepting = (name: string) => AllowList.fromYaml(`version: 1\naccept_blind_spots: [${name}]\n`, 'netaudit.yaml');
  expect(await reportOf([line], accepting(other))).toMatchObject({ verdict: 'incomplete' });
  const accepted = await reportOf([line], accepting(spot));
  expect(accepted).toMatchObject({ verdict: 'clean', exitCode: 0, gaps: [], findings: [{ code: 'blind-spot', level: 'warn' }] });
});

test.each([
  'recvmsg(8<UNIX-STREAM:[1->2]>, {msg_name=NULL, msg_namelen=0, msg_controllen=0, msg_flags=0}, 0) = 6',
  rights('9<TCP:[127.0.0.1:4711->127.0.0.1:80]>, 11<TCP:[0.0.0.0:80]>, 12</dev/null<char 1:3>>, 13<pipe:[17]>'),
  'io_uring_setup(8, {flags=0}) = -1 ENOSYS (Function not implemented) (INJECTED)',
  'prctl(PR_SET_NAME, "PR_SET_SECCOMP") = 0',
  'socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3',
  'bind(3, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 0',
  'accept4(3<TCP:[0.0.0.0:80]>, NULL, NULL, 0) = 5<TCP:[192.0.2.2:80->192.0.2.2:4711]>',
  'seccomp(SECCOMP_SET_MODE_FILTER, 0, NULL) = -1 EFAULT (Bad address)',
])('what hides nothing is no blind spot: %s', async (line) => {
  expect(await reportOf(['getpid() = 7', begin(3, 80, '127.0.0.1', '0'), line])).toMatchObject({ verdict: 'clean', findings: [] });
});

test('a door that the run itself serves leads nowhere else', async () => {
  const listening = 'listen(17<UNIX-STREAM:[5025882,"/tmp/x/docker.sock"]>, 1) = 0';
  expect(shown(await reportOf([listening, unix('"/tmp/x/docker.sock"')]))).toEqual([]);
});

test('the policy sets the level of a finding, and switches it off', async () => {
  const lines = [unix('"/var/run/docker.sock"'), inet('169.254.169.254')];
  const policy = (findings: string) =>
    AllowList.fromYaml(`version: 1\nfindings: ${findings}\nallowlist:\n  - family: AF_INET\n    addr: 169.254.169.254\n`, 'netaudit.yaml');
  const levels = async (findings: string) =>
    (await reportOf(lines, policy(findings))).findings?.map(({ code, level }) => `${code} ${level}`);
  expect(await levels('{}')).toEqual(['cloud-metadata fail', 'door warn']);
  expect(await levels('{ door: fail, cloud-metadata: warn }')).toEqual(['door fail', 'cloud-metadata warn']);
  expect(await levels('{ door: off, cloud-metadata: off }')).toEqual([]);
});

test('a finding keeps its id from run to run, and another subject has another', async () => {
  const of = async (path: string): Promise<Finding | undefined> => (await reportOf([unix(path)])).findings?.[0];
  const [one, again, other] = [await of('"/run/docker.sock"'), await of('"/run/docker.sock"'), await of('"/run/podman/podman.sock"')];
  expect(one?.id).toMatch(/^f-[0-9a-f]{8}$/);
  expect(again?.id).toBe(one?.id);
  expect(other?.id).not.toBe(one?.id);
});

test('however many there are, a bounded number is kept, and all are counted', async () => {
  const report = await reportOf(Array.from({ length: 3000 }, (_, index) => unix(`"/tmp/${index}/docker.sock"`)));
  const findings = report.findings ?? [];
  expect(findings.length).toBeLessThanOrEqual(1001);
  expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(3000);
});

test('rules of the user’s own array set levels by options', async () => {
  const allowlist = new AllowList([new IPv4Rule('169.254.169.254')], { findings: { 'cloud-metadata': 'warn' } });
  expect(await reportOf([inet('169.254.169.254')], allowlist)).toMatchObject({ verdict: 'clean', exitCode: 0 });
});

test.each(Object.entries(findingLevels))('%s has a page, and its default %s is in the list', (code, level) => {
  const docs = new URL('../../../../docs/findings/', import.meta.url);
  expect(readFileSync(new URL(`${code}.md`, docs), 'utf8')).toMatch(new RegExp(`^# ${code}\n`));
  expect(readFileSync(new URL('README.md', docs), 'utf8')).toContain(`[${code}](${code}.md) | \`${level}\` |`);
});
