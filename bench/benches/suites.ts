import type { Bench } from '../bench.js';
import { pairedTable } from '../paired.js';
import { layOut, type Subject, subjects, take, variantsOf } from '../subjects.js';
import type { Workload } from '../workload.js';

/** 400 tests in 20 files: that compute, and that also make five requests each; and a suite that computes for half a minute. */
export const suites: Bench = {
  what: '400 tests in 20 files, without a connection and with five requests a test',
  table: (effort) => {
    const files = effort.short ? 4 : 20;
    const [forks, threads] = subjects;
    return pairedTable(
      [
        ...subjects.map((subject) => workload(subject, `${files * 20} tests that compute 5 ms`, files, computing(5))),
        ...subjects.map((subject) => workload(subject, `${files * 20} tests of 5 requests`, files, requesting)),
        ...(effort.short ? [] : [forks, threads].flatMap((subject) => (subject ? [long(subject, files)] : []))),
      ],
      effort,
    );
  },
};

/** Two processors: half a minute. */
const long = (subject: Subject, files: number): Workload =>
  workload(subject, `${files * 20} tests that compute 150 ms`, files, computing(150));

const workload = (subject: Subject, what: string, files: number, body: string): Workload => ({
  name: `${subject.name}: ${what}`,
  withSupervisor: true,
  prepare: (folder) => {
    const names = Array.from({ length: files }, (_, n) => `file-${n}`);
    layOut(subject, folder, Object.fromEntries(names.map((name) => [name, source(subject, body)])));
    return variantsOf(subject, names, true);
  },
});

const source = (subject: Subject, body: string): string => `${take(subject, 'http')} ${take(subject, 'crypto')}
const server = http.createServer((_, response) => response.end('served'));
test('first', () => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)));
for (let n = 0; n < 20; n += 1) test('number ' + n, ${body});
test('last', () => { server.closeAllConnections(); server.close(); });
`;

const computing = (ms: number): string => `() => {
  for (const end = performance.now() + ${ms}; performance.now() < end; ) crypto.createHash('sha256').update('netaudit').digest();
}`;

const requesting = `async () => {
  for (let request = 0; request < 5; request += 1)
    await new Promise((resolve, reject) => {
      http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => response.resume().once('end', resolve)).once('error', reject);
    });
}`;
