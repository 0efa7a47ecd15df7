import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { copyLab, identities, without } from './start-lab.js';

const lab = copyLab();
afterAll(() => lab.remove());

describe.each(identities)('the lab, started as %s', { timeout: 30_000 }, (identity) => {
  const run = (...words: string[]) => lab.start(identity, words).ended;

  describe('destinations', () => {
    let outcomes: Record<string, unknown>;

    beforeAll(async () => {
      const { status, stderr, stdout } = await run('--', process.execPath, 'destinations.mjs');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      outcomes = JSON.parse(stdout);
    }, 30_000);

    it.each(Object.entries(expected))('%s: %j', (name, outcome) => {
      expect(outcomes[name]).toEqual(outcome);
    });

    it('are all in the table', () => {
      expect(Object.keys(outcomes).sort()).toEqual([...Object.keys(expected), 'user'].sort());
    });

    it('are tried by the user who started the lab', () => {
      expect(outcomes['user']).toBe(identity === 'nobody' ? 65_534 : process.getuid?.());
    });
  });

  it.each([
    { words: ['true'], status: 0 },
    { words: ['sh', '-c', 'exit 7'], status: 7 },
    { words: ['sh', '-c', 'kill -9 $$'], status: 137 },
    { words: ['sh', '-c', 'kill -TERM $$'], status: 143 },
    { words: [], status: 125 },
  ])('$words ends with $status', async ({ words, status }) => {
    expect(await run(...words)).toMatchObject({ status, signal: null });
  });

  it('passes standard input on', async () => {
    const { child, ended } = lab.start(identity, ['cat']);
    child.stdin?.end('through');
    expect(await ended).toMatchObject({ status: 0, stdout: 'through', stderr: '' });
  });

  it('gives the command its authority in the environment, and one variable of its own', async () => {
    const variables = ['NETAUDIT_LAB_CA', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'];
    const { stdout } = await run('sh', '-c', `echo $NETAUDIT_LAB; for v in ${variables.join(' ')}; do eval "head -n 1 \\$$v"; done`);
    expect(stdout.trim().split('\n')).toEqual(['1', ...variables.map(() => '-----BEGIN CERTIFICATE-----')]);
  });

  it('changes nothing outside: the namespaces, the name servers and the mounts are as before', async () => {
    const outside = () => [
      readlinkSync('/proc/self/ns/net'),
      readFileSync('/etc/resolv.conf', 'utf8'),
      readFileSync('/proc/self/mounts', 'utf8'),
    ];
    const before = outside();
    const { stdout } = await run('readlink', '/proc/self/ns/net');
    expect(stdout.trim()).not.toBe(before[0]);
    expect(outside()).toEqual(before);
    expect({ temporary: lab.temporaryFiles(), scratch: lab.scratchFiles() }).toEqual({ temporary: [], scratch: ['.gitkeep'] });
  });

  it('ends a daemon that outlives the command', async () => {
    const { ended, leftovers } = lab.start(identity, ['sh', '-c', 'setsid sleep 300 </dev/null >/dev/null 2>&1 & echo started']);
    expect(await ended).toMatchObject({ status: 0, stdout: 'started\n' });
    expect(leftovers()).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('forwards %s to the command, and ends after it', async (signal) => {
    const { child, ended, leftovers } = lab.start(identity, ['sh', '-c', untilSignalled]);
    await once(child.stdout!, 'data');
    child.kill(signal);
    expect(await ended).toMatchObject({ status: 9, stderr: '' });
    expect(leftovers()).toEqual([]);
  });

  it.each([0, 40, 80, 120, 140, 160, 180, 200])('leaves nothing when it is ended after %i ms', async (delay) => {
    const { child, ended, leftovers } = lab.start(identity, ['sleep', '300']);
    setTimeout(() => child.kill('SIGTERM'), delay);
    await ended;
    await expect.poll(leftovers).toEqual([]);
    expect(lab.temporaryFiles()).toEqual([]);
  });

  it('lets the command end first when the terminal interrupts both, and interrupts it once', async () => {
    const words = `exec lab/lab.sh bash -c '${countInterrupts}'`; // a shell that stayed would be interrupted as well
    const terminal = lab.startWords([...lab.become(identity), 'script', '-qec', words, '/dev/null']);
    await once(terminal.child.stdout!, 'data');
    terminal.child.stdin?.write('\u0003');
    const { status, stdout } = await terminal.ended;
    expect({ status, stdout }).toEqual({ status: 5, stdout: expect.stringContaining('interrupted 1\r\n') });
  });

  it('says 127 and the name of a command that does not exist', async () => {
    const { status, stderr } = await run('/no/such/command');
    expect(status).toBe(127);
    expect(stderr).toContain('/no/such/command');
  });

  it('refuses to lay its network over one that is in use', async () => {
    const { stdout, stderr } = await run('sh', '-c', 'lab/lab.sh --inside-lab root 0 0 true; echo $?; ip addr | grep -c 192.0.2.53');
    expect(stdout).toBe('125\n1\n');
    expect(stderr).toContain('this network is in use');
  });

  it('refuses to end the processes of a namespace that it shares', async () => {
    const { stdout, stderr } = await run('sh', '-c', `"${process.execPath}" lab/run.mjs /tmp true; echo $?`);
    expect(stdout).toBe('125\n');
    expect(stderr).toContain('this network is used by other processes');
  });

  it('fails with advice where namespaces are not allowed', async () => {
    const forbid = 'echo 0 >/proc/sys/user/max_net_namespaces; lab/lab.sh true';
    const { ended } = lab.startWords([...lab.become(identity), 'unshare', '-U', '-r', 'sh', '-c', forbid]);
    expect(await ended).toMatchObject({ status: 125, stdout: '', stderr: expect.stringMatching(/^lab\.sh: .*namespace.*\n$/) });
  });

  it.each([
    { tool: 'unshare', from: 'util-linux' },
    { tool: 'openssl', from: 'openssl' },
    { tool: 'mount', from: 'mount' },
  ])('names the package to install when $tool is missing', async ({ tool, from }) => {
    const { ended } = lab.startWords([...lab.become(identity), ...without(tool), 'lab/lab.sh', 'true']);
    expect(await ended).toMatchObject({ status: 125, stderr: `lab.sh: ${tool} is missing. Install it: sudo apt-get install -y ${from}\n` });
  });
});

const expected = {
  'http by name': '200 GET /x plain 192.0.2.2 0',
  'http post': '200 POST /charges plain 192.0.2.2 12',
  'http without content': 204,
  'http status': '503 GET /status/503 plain 192.0.2.2 0',
  'http redirect': '200 GET /there TLS 2001:db8:1::80 0',
  'https by name': '200 GET /x TLS 192.0.2.2 0',
  'https by IPv6 address': '200 GET /x TLS 2001:db8:1::80 0',
  'https to a client that does not know the authority': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'http to a name with IPv6 only': '200 GET /x plain 2001:db8:1::80 0',
  'http to a name whose IPv6 is broken': '200 GET /x plain 192.0.2.2 0',
  'a malformed request': 'HTTP/1.1 400 Bad Request',
  refused: 'ECONNREFUSED',
  'refused IPv6': 'ECONNREFUSED',
  reset: 'ECONNRESET',
  hang: 'connected, and no answer',
  'black hole': 'ETIMEDOUT',
  'black hole IPv6': 'ETIMEDOUT',
  unreachable: 'EHOSTUNREACH',
  'unreachable IPv6': 'EHOSTUNREACH',
  prohibited: 'EACCES',
  'prohibited IPv6': 'EACCES',
  'an address of no documentation range': 'EHOSTUNREACH',
  'unknown name': 'ENOTFOUND',
  'unknown name outside of the zone': 'ENOTFOUND',
  'failing name server': 'ESERVFAIL',
  'silent name server': 'EAI_AGAIN',
  'slow name server': '203.0.113.80',
  alias: ['203.0.113.80'],
  'canonical name': ['api.example.test'],
  'IPv6 of a name': ['2001:db8:1::80'],
  'several addresses': ['203.0.113.80', '203.0.113.81'],
  'no address of that family': 'ENODATA',
  'truncated answer, asked by c-ares': 60,
  'truncated answer, asked by libc': 60,
  'name servers': ['192.0.2.53'],
};

const untilSignalled = 'trap "exit 9" INT TERM; sleep 300 & echo ready; while :; do sleep 0.05; done';
const countInterrupts =
  'n=0; trap "n=\\$((n+1))" INT; echo ready; for i in 1 2 3 4 5 6 7 8; do sleep 0.1; done; echo interrupted $n; exit 5';
