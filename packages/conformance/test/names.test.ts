import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'names-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Report = {
  readonly verdict: string;
  readonly violations: readonly Readonly<Record<'host' | 'hostSource' | 'names' | 'addr' | 'port', unknown>>[];
  readonly dns: readonly Readonly<Record<string, unknown>>[];
  readonly queriesWithoutConnection: readonly Readonly<Record<string, unknown>>[];
};

/** The report of a command that is run in the lab. */
const audit = (argv: readonly string[], around: readonly string[] = []): Report => {
  const output = join(folder, 'report.json');
  const netaudit = [
    process.execPath,
    here('../node_modules/netaudit/dist/main.js'),
    'run',
    '--verbose',
    '--format',
    'json',
    '--output',
    output,
    '--',
    ...argv,
  ];
  try {
    execFileSync(here('../lab/lab.sh'), ['--', ...around, ...netaudit], {
      stdio: 'pipe',
      timeout: 30_000,
      env: { ...process.env, TMPDIR: folder },
    });
  } catch {
    // Violations end it with 1.
  }
  const report = JSON.parse(readFileSync(output, 'utf8')) as Report;
  rmSync(output);
  return report;
};

/** Where a report says that the command connected, name servers left out. */
const placesOf = ({ violations }: Report): string[] =>
  violations.filter(({ port }) => port === 80).map(({ host, hostSource, addr }) => `${host} (${addr}) by ${hostSource}`);

const has = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((path) => {
    try {
      accessSync(join(path, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const compiled = (compiler: string, ...options: string[]): string => {
  const program = join(folder, compiler);
  execFileSync(compiler, [...options, '-o', program, here('./names/connect.c')]);
  return program;
};

const url = (name: string): string => `import urllib.request; urllib.request.urlopen('http://${name}/').read()`;

/** Each resolver by a program that uses it, and what else must be installed. */
const resolvers: readonly { readonly name: string; readonly needs: string; readonly command: (host: string) => readonly string[] }[] = [
  { name: 'glibc', needs: 'gcc', command: (host) => [compiled('gcc'), host] },
  { name: 'musl', needs: 'musl-gcc', command: (host) => [compiled('musl-gcc', '-static'), host] },
  { name: 'c-ares', needs: 'node', command: (host) => [process.execPath, here('./names/resolve.mjs'), host] },
  { name: 'curl', needs: 'curl', command: (host) => ['curl', '-s', '-4', `http://${host}/`] },
  { name: 'Python', needs: 'python3', command: (host) => ['python3', '-c', url(host)] },
  { name: 'Java', needs: 'java', command: (host) => ['java', '-Djava.net.preferIPv4Stack=true', here('./names/Connect.java'), host] },
];

describe('a name that is looked up by', { timeout: 60_000 }, () => {
  for (const { name, needs, command } of resolvers) {
    it.skipIf(!has(needs))(
      `${name} names what the program connects to${has(needs) ? '' : ` (NOT TRIED: ${needs} is not on this machine)`}`,
      () => {
        const [place = ''] = placesOf(audit(command('payments.example.test')));
        expect(place).toBe('payments.example.test (203.0.113.80) by dns');
      },
    );
  }

  it('c-ares is known when its answer is truncated, and comes over TCP', () => {
    expect(placesOf(audit([process.execPath, here('./names/resolve.mjs'), 'big.example.test']))).toEqual([
      'big.example.test (203.0.113.100) by dns',
    ]);
  });

  it('way of a chain of aliases is the one that was asked for', () => {
    expect(placesOf(audit(['bash', '-c', 'exec 3<>/dev/tcp/chain.example.test/80']))).toContain('chain.example.test (203.0.113.80) by dns');
  });

  it('its HTTPS record may have the address in it', () => {
    expect(placesOf(audit([process.execPath, here('./names/service-binding.mjs'), 'https.example.test', '203.0.113.84']))).toEqual([
      'https.example.test (203.0.113.84) by dns',
    ]);
  });
});

describe('a name service of the machine', { timeout: 60_000 }, () => {
  const served = ['unshare', '-Urm', 'sh', '-c', 'mount -t tmpfs names /run && exec node "$0" "$@"', here('./names/serve-names.mjs')];

  it.skipIf(!has('python3'))('systemd-resolved answers by varlink: its name is known', () => {
    const report = audit(['python3', here('./names/varlink.py'), 'api.example.test'], served);
    expect(placesOf(report)).toEqual(['api.example.test (203.0.113.80) by dns']);
    expect(report.queriesWithoutConnection).toEqual([]);
  });

  it('nscd is asked, and its answer is not seen: the question is told, no name is guessed', () => {
    const report = audit(['bash', '-c', 'exec 3<>/dev/tcp/api.example.test/80'], served);
    expect(placesOf(report)).toEqual(['null (203.0.113.80) by null']);
    expect(report.queriesWithoutConnection).toMatchObject([{ name: 'api.example.test', types: ['A+AAAA'], status: null, allowed: true }]);
  });
});

describe('a question that no connection follows', { timeout: 60_000 }, () => {
  it('is in the report, with what was answered, and who asked', () => {
    const script = 'getent hosts c2VjcmV0.example.test; getent hosts servfail.example.test; getent hosts payments.example.test; true';
    const asked = audit(['bash', '-c', script]).queriesWithoutConnection;
    expect(asked.map(({ name, status, allowed }) => ({ name, status, allowed }))).toEqual([
      { name: 'c2VjcmV0.example.test', status: 'NXDOMAIN', allowed: false },
      { name: 'servfail.example.test', status: 'SERVFAIL', allowed: false },
      { name: 'payments.example.test', status: 'NOERROR', allowed: false },
    ]);
    expect(asked[0]).toMatchObject({ scopes: [{ processes: [{ argv: ['getent', 'hosts', 'c2VjcmV0.example.test'] }] }] });
  });

  it('is told with its answer in a verbose report, as any other', () => {
    const { dns } = audit(['bash', '-c', 'getent ahostsv4 payments.example.test; getent ahostsv4 c2VjcmV0.example.test; true']);
    expect(dns.filter(({ type }) => type === 'A')).toMatchObject([
      { name: 'payments.example.test', status: 'NOERROR', addresses: ['203.0.113.80'], server: expect.stringMatching(/:53$/) },
      { name: 'c2VjcmV0.example.test', status: 'NXDOMAIN', addresses: [] },
    ]);
  });

  it('is none when the same process connects', () => {
    expect(audit(['curl', '-s', '-4', 'http://payments.example.test/']).queriesWithoutConnection).toEqual([]);
  });
});
