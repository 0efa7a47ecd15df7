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
  expect(report.findings).toMatchObject([{ code: 'cloud-metadata', level: 'fail', count: 1 }]);
  expect(report.findings?.[0]?.subject).toContain(place);
  expect(report.findings?.[0]?.evidence).toEqual([expect.stringContaining('connect(3')]);
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
